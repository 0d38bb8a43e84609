// SPDX-License-Identifier: Apache-2.0

// What the benchmarks of the four scenarios share.
#ifndef WORKBOOK_EXERCISES_02_02_SCENARIO_BENCH_H_
#define WORKBOOK_EXERCISES_02_02_SCENARIO_BENCH_H_

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <string_view>

#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {

// Two inputs of the same length in turn, so that an answer that is remembered
// is a wrong one.
using TwoInputs = std::array<std::string, 2>;

// The given text, and the same with the first `letter` after `place` replaced.
inline TwoInputs Alternating(std::string_view text, std::string_view place,
                             char letter) {
  TwoInputs inputs = {std::string(text), std::string(text)};
  inputs[1][inputs[1].find(place) + 1] = letter;
  return inputs;
}

// Runs `run(input)`, which returns a text, over both inputs. Every row of `key`
// must give the same texts. An item is one run.
template <typename Run>
void RunScenario(benchmark::State& state, const std::string& key,
                 const TwoInputs& inputs, Run run) {
  Digest digest;
  for (const std::string& input : inputs) {
    digest.Add(std::string_view(run(input)));
  }
  RequireSameDigest(state, key, digest);
  std::size_t turn = 0;
  for (auto _ : state) {
    const std::string_view report = run(inputs[turn]);
    Keep(report.data());
    turn ^= 1;
  }
  state.SetItemsProcessed(state.iterations());
}

// A row over an object that lives as long as the row: what a server does.
template <typename Job, typename Run>
void AddScenarioRow(const std::string& case_name, Role role, const char* name,
                    TwoInputs inputs, Run run) {
  AddRow(case_name, role, name, [=](benchmark::State& state) {
    Job job;
    RunScenario(state, case_name, inputs, [&](const std::string& input) {
      return std::string_view(run(job, input));
    });
  });
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_02_02_SCENARIO_BENCH_H_
