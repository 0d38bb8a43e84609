// SPDX-License-Identifier: Apache-2.0

// Median and spread of a thousand times.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "03_06/robust_statistics.h"
#include "exercises/03_06/given/noisy_machine.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_MATH
#include <boost/math/statistics/univariate_statistics.hpp>
#endif

namespace workbook {
namespace {

constexpr std::size_t kTimes = 1001;
constexpr std::size_t kInputs = 16;

std::vector<double> SomeTimes(std::size_t count, std::uint64_t seed) {
  NoisyMachine machine(kBusy, seed);
  std::vector<double> times(count);
  for (double& time : times) time = machine.TimeNs(100);
  return times;
}

// The same times in another order for each iteration: from one of 16 inputs,
// and from another place of it on. With 16 orders alone a branch predictor
// learned them, and a selection took a tenth of its time.
class Inputs {
 public:
  Inputs() {
    for (std::size_t i = 0; i < kInputs; ++i) all_[i] = SomeTimes(kTimes, i);
  }

  void CopyNext(std::vector<double>& values) {
    const std::vector<double>& input = all_[random_.Below(kInputs)];
    const auto begin = static_cast<std::ptrdiff_t>(random_.Below(kTimes));
    std::rotate_copy(input.begin(), input.begin() + begin, input.end(),
                     values.begin());
  }

 private:
  std::array<std::vector<double>, kInputs> all_;
  SplitMix random_{1};
};

[[gnu::noinline]] double SortedMedian(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

[[gnu::noinline]] double SortedMad(std::vector<double>& values) {
  const double median = SortedMedian(values);
  for (double& value : values) value = std::abs(value - median);
  return SortedMedian(values);
}

#ifdef WORKBOOK_HAS_BOOST_MATH
// A template, which would be inlined where the reference is called.
[[gnu::noinline]] double BoostMedian(std::vector<double>& values) {
  return boost::math::statistics::median(values);
}
#endif

// An item is one answer about a thousand times, which are copied first.
template <typename Answer>
void Ask(benchmark::State& state, double (*expected)(std::vector<double>&),
         Answer answer) {
  Inputs inputs;
  std::vector<double> values(kTimes);
  inputs.CopyNext(values);
  std::vector<double> again = values;
  if (!Require(state, answer(values) == expected(again), "another answer")) {
    return;
  }
  for (auto _ : state) {
    inputs.CopyNext(values);
    double result = answer(values);
    Keep(result);
  }
  state.SetItemsProcessed(state.iterations());
}

void AddMedianRow(Role role, const char* name, auto answer) {
  AddRow(
      "robust_statistics/median_1001", role, name,
      [answer](benchmark::State& state) { Ask(state, SortedMedian, answer); });
}

void AddMadRow(Role role, const char* name, auto answer) {
  AddRow("robust_statistics/mad_1001", role, name,
         [answer](benchmark::State& state) { Ask(state, SortedMad, answer); });
}

const RegisterRows registration([] {
  AddMedianRow(Role::kBaseline, "std::sort", [](std::vector<double>& values) {
    return SortedMedian(values);
  });
  AddMedianRow(Role::kSubject, "Median",
               [](std::vector<double>& values) { return Median(values); });
  AddMadRow(Role::kBaseline, "std::sort, twice",
            [](std::vector<double>& values) { return SortedMad(values); });
  AddMadRow(Role::kSubject, "MedianAbsoluteDeviation",
            [](std::vector<double>& values) {
              return MedianAbsoluteDeviation(values);
            });
#ifdef WORKBOOK_HAS_BOOST_MATH
  AddMedianRow(Role::kPeer, "boost::math::median",
               [](std::vector<double>& values) { return BoostMedian(values); });
#else
  AddGap("robust_statistics/median_1001", "boost::math::median",
         "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook
