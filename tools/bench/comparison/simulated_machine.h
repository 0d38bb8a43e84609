// SPDX-License-Identifier: Apache-2.0

// A machine that is played: what a run costs is drawn, and so is its noise.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_SIMULATED_MACHINE_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_SIMULATED_MACHINE_H_

#include <cstdint>
#include <random>

#include "tools/bench/comparison/verdict.h"

namespace workbook {

// Every factor is on a run's true cost.
struct NoiseModel {
  double jitter = 0.01;          // standard deviation of the log
  double interrupted_share = 0;  // runs that lose time to something else
  double interrupted_cost = 0;   // by up to this: 0.5 is half as long again
  double drift = 0;              // a slow wave of this height: the clock's
};

// A laptop left alone; one whose clock wanders; a virtual machine whose other
// processor compiles; one that is overcommitted.
NoiseModel Quiet();
NoiseModel Drifting();
NoiseModel Loaded();
NoiseModel Overcommitted();

// One whole comparison of a program that takes `true_ratio` times the
// reference's time, through RunSchedule and JudgeRatio as for real programs.
// Deterministic in `seed`.
Judgement SimulateComparison(double true_ratio, const NoiseModel& noise,
                             std::uint64_t seed);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_SIMULATED_MACHINE_H_
