// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "02_01/returned_containers.h"
#include "exercises/02_01/before/returned_containers.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kReadings = 1000;

std::vector<double> Readings() {
  std::vector<double> readings(kReadings);
  for (std::size_t i = 0; i < kReadings; ++i) {
    readings[i] = static_cast<double>(i * 7919 % 1009);
  }
  return readings;
}

// An item is one call, with another limit than the call before.
template <class Function>
void CallAbove(benchmark::State& state, Function above) {
  const std::vector<double> readings = Readings();
  Require(state, above(readings, -1.0).size() == kReadings, "some are missing");
  double limit = 0;
  for (auto _ : state) {
    limit = limit < 900 ? limit + 37 : 0;
    const auto result = above(readings, limit);
    Keep(result.data());
  }
  state.SetItemsProcessed(state.iterations());
}

// An item is one call for readings that are turned by one place each time.
template <class Function>
void CallRise(benchmark::State& state, Function rise) {
  std::vector<double> readings = Readings();
  Require(state, rise(readings).size() > 1, "no rise was found");
  std::size_t place = 0;
  for (auto _ : state) {
    std::swap(readings[place], readings[kReadings - 1 - place]);
    place = (place + 1) % (kReadings / 2);
    const auto result = rise(readings);
    Keep(result.data());
  }
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  AddRow("returned_containers/above", Role::kBaseline, "before",
         [](benchmark::State& state) { CallAbove(state, before::Above); });
  AddRow("returned_containers/above", Role::kSubject, "Above",
         [](benchmark::State& state) { CallAbove(state, Above); });
  AddRow("returned_containers/longest_rise", Role::kBaseline, "before",
         [](benchmark::State& state) { CallRise(state, before::LongestRise); });
  AddRow("returned_containers/longest_rise", Role::kSubject, "LongestRise",
         [](benchmark::State& state) { CallRise(state, LongestRise); });
});

}  // namespace
}  // namespace workbook
