// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/interval.h"

#include <algorithm>
#include <cstddef>
#include <random>

#include "tools/bench/statistics.h"

namespace workbook {
namespace {

// The ends of the interval move by less than 2 % of its width from seed to seed
// at 2000; ten times as many cost ten times as much for a third of that.
constexpr std::size_t kResamples = 2000;
constexpr std::size_t kOutside = kResamples / 40;  // 2.5 %

}  // namespace

Interval MedianInterval(const std::vector<double>& values, std::uint64_t seed) {
  // Its sequence is fixed by the standard; std::uniform_int_distribution's is
  // not. The modulo's bias is below 1e-17 here.
  std::mt19937_64 engine(seed);
  std::vector<double> medians;
  medians.reserve(kResamples);
  std::vector<double> resample(values.size());
  const auto middle =
      resample.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  for (std::size_t i = 0; i < kResamples; ++i) {
    for (double& value : resample) value = values[engine() % values.size()];
    // Selection, not sorting: half the time.
    std::nth_element(resample.begin(), middle, resample.end());
    const bool is_odd = values.size() % 2 == 1;
    medians.push_back(
        is_odd ? *middle
               : (*middle + *std::max_element(resample.begin(), middle)) / 2);
  }
  std::sort(medians.begin(), medians.end());
  return {medians[kOutside], Median(values),
          medians[kResamples - 1 - kOutside]};
}

}  // namespace workbook
