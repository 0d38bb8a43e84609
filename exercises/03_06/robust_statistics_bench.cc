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

// Another input each iteration, so that no order can be learned.
const std::vector<double>& Input(std::size_t round) {
  static const auto inputs = [] {
    std::array<std::vector<double>, kInputs> all;
    for (std::size_t i = 0; i < kInputs; ++i) all[i] = SomeTimes(kTimes, i);
    return all;
  }();
  return inputs[round % kInputs];
}

double SortedMedian(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double SortedMad(std::vector<double>& values) {
  const double median = SortedMedian(values);
  for (double& value : values) value = std::abs(value - median);
  return SortedMedian(values);
}

// An item is one answer about a thousand times, which are copied first.
template <typename Answer>
void Ask(benchmark::State& state, double (*expected)(std::vector<double>&),
         Answer answer) {
  std::vector<double> values = Input(0);
  std::vector<double> again = Input(0);
  if (!Require(state, answer(values) == expected(again), "another answer")) {
    return;
  }
  std::size_t round = 0;
  for (auto _ : state) {
    const std::vector<double>& input = Input(round++);
    std::copy(input.begin(), input.end(), values.begin());
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
  AddMedianRow(Role::kBaseline, "std::sort", SortedMedian);
  AddMedianRow(Role::kSubject, "Median",
               [](std::vector<double>& values) { return Median(values); });
  AddMadRow(Role::kBaseline, "std::sort, twice", SortedMad);
  AddMadRow(Role::kSubject, "MedianAbsoluteDeviation",
            [](std::vector<double>& values) {
              return MedianAbsoluteDeviation(values);
            });
#ifdef WORKBOOK_HAS_BOOST_MATH
  AddMedianRow(Role::kPeer, "boost::math::median",
               [](std::vector<double>& values) {
                 return boost::math::statistics::median(values);
               });
  AddMadRow(Role::kPeer, "boost::math::median_absolute_deviation",
            [](std::vector<double>& values) {
              return boost::math::statistics::median_absolute_deviation(values);
            });
#else
  AddGap("robust_statistics/median_1001", "boost::math::median",
         "libboost1.81-dev");
  AddGap("robust_statistics/mad_1001", "boost::math::median_absolute_deviation",
         "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook
