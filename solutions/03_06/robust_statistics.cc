// SPDX-License-Identifier: Apache-2.0

#include "03_06/robust_statistics.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace workbook {

double Median(std::span<double> values) {
  const auto middle =
      values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

double MedianAbsoluteDeviation(std::span<const double> values) {
  std::vector<double> distances(values.begin(), values.end());
  const double median = Median(distances);
  for (double& value : distances) value = std::abs(value - median);
  return Median(distances);
}

Interval BootstrapInterval(std::span<const double> values, std::uint64_t seed) {
  std::vector<double> sample(values.begin(), values.end());
  Interval interval;
  interval.middle = Median(sample);

  SplitMix random(seed);
  std::vector<double> medians(kResamples);
  for (double& median : medians) {
    for (double& value : sample) value = values[random.Below(values.size())];
    median = Median(sample);
  }
  std::sort(medians.begin(), medians.end());
  interval.low = medians[kOutside];
  interval.high = medians[kResamples - 1 - kOutside];
  return interval;
}

}  // namespace workbook
