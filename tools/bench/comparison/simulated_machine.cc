// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/simulated_machine.h"

#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tools/bench/comparison/pair_schedule.h"

namespace workbook {
namespace {

constexpr double kReferenceNs = 100;
constexpr double kBaselineRatio = 4;
constexpr double kSliceSeconds = 0.02;
constexpr double kPi = 3.14159265358979323846;
constexpr double kWaveSeconds = 7;
constexpr char kCase[] = "played/case";
constexpr char kSubject[] = "played/case/yours:it";
constexpr char kBaseline[] = "played/case/baseline:it";

class SimulatedMachine {
 public:
  SimulatedMachine(double true_ratio, const NoiseModel& noise,
                   std::uint64_t seed)
      : true_ratio_(true_ratio), noise_(noise), engine_(seed) {}

  double now_seconds() const { return now_seconds_; }

  // What a row of a program takes now.
  double Time(Place place, bool is_baseline) {
    const double cost = is_baseline       ? kBaselineRatio
                        : place == kYours ? true_ratio_
                                          : 1;
    const double ns = kReferenceNs * cost * Disturbance();
    now_seconds_ += kSliceSeconds;
    return ns;
  }

 private:
  double Uniform() { return static_cast<double>(engine_() >> 11) / kTwoTo53; }

  // Box and Muller; std::normal_distribution differs between libraries.
  double Normal() {
    const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
    return radius * std::cos(2 * kPi * Uniform());
  }

  double Disturbance() {
    double factor = std::exp(noise_.jitter * Normal());
    if (Uniform() < noise_.interrupted_share) {
      factor *= 1 + noise_.interrupted_cost * Uniform();
    }
    return factor *
           (1 + noise_.drift * std::sin(2 * kPi * now_seconds_ / kWaveSeconds));
  }

  static constexpr double kTwoTo53 = 9007199254740992.0;
  const double true_ratio_;
  const NoiseModel noise_;
  std::mt19937_64 engine_;
  double now_seconds_ = 0;
};

}  // namespace

NoiseModel Quiet() { return {.jitter = 0.005}; }

NoiseModel Drifting() { return {.jitter = 0.01, .drift = 0.15}; }

NoiseModel Loaded() {
  return {.jitter = 0.02,
          .interrupted_share = 0.4,
          .interrupted_cost = 0.3,
          .drift = 0.05};
}

NoiseModel Overcommitted() {
  return {.jitter = 0.10,
          .interrupted_share = 0.6,
          .interrupted_cost = 1.5,
          .drift = 0.15};
}

namespace {

RoundTimes PlayRound(SimulatedMachine& machine,
                     const std::set<std::string>& settled, std::uint64_t seed) {
  std::vector<SlicedProgram> programs;
  for (const Place place : {kControl, kControlAgain, kYours}) {
    SlicedProgram program;
    program.rows = RowsByCase({kSubject, kBaseline});
    program.time = [&machine, place](const std::string& row) {
      return std::optional<double>(machine.Time(place, row == kBaseline));
    };
    program.error = [] { return std::string(); };
    programs.push_back(std::move(program));
  }
  RoundOptions options;
  options.now_seconds = [&machine] { return machine.now_seconds(); };
  return RunSliceRound(programs, settled, options, seed);
}

}  // namespace

Judgement SimulateComparison(double true_ratio, const NoiseModel& noise,
                             std::uint64_t seed) {
  SimulatedMachine machine(true_ratio, noise, seed);
  ScheduleHooks hooks;
  hooks.run_round = [&machine](const std::set<std::string>& settled,
                               std::uint64_t round_seed) {
    return PlayRound(machine, settled, round_seed);
  };
  hooks.now_seconds = [&machine] { return machine.now_seconds(); };
  hooks.settled = [seed](const std::string&, const CasePairs& pairs) {
    return IsSettled(pairs.yours_to_control, pairs.control_to_itself,
                     kReferenceLimit, seed);
  };
  ScheduleOptions options;
  options.seed = seed;
  const Schedule schedule = RunSchedule(options, hooks);
  const CasePairs& pairs = schedule.cases.at(kCase);
  return JudgeRatio(pairs.yours_to_control, pairs.control_to_itself,
                    kReferenceLimit, seed);
}

}  // namespace workbook
