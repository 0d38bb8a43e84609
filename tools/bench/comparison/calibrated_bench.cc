// SPDX-License-Identifier: Apache-2.0

// A program whose cost is a number of instructions: WORKBOOK_STEPS dependent
// multiply-adds an operation, so that the ratio of two builds is known.
#include <benchmark/benchmark.h>

#include <cstdint>

#include "tools/bench/keep.h"
#include "tools/bench/rows.h"

namespace workbook {
namespace {

// Each step waits for the one before: four or five cycles on any processor,
// whatever else it could do at the same time.
void Steps(benchmark::State& state, int steps) {
  std::uint64_t value = 1;
  for (auto _ : state) {
    for (int i = 0; i < steps; ++i) {
      value = value * 6364136223846793005u + 1442695040888963407u;
    }
    Keep(value);
  }
  state.SetItemsProcessed(state.iterations());
}

constexpr int kBaselineSteps = 4000;

const RegisterRows registration([] {
  AddRow("calibrated/steps", Role::kBaseline, "4000_steps",
         [](benchmark::State& state) { Steps(state, kBaselineSteps); });
  AddRow("calibrated/steps", Role::kSubject, "steps",
         [](benchmark::State& state) { Steps(state, WORKBOOK_STEPS); });
});

}  // namespace
}  // namespace workbook
