// SPDX-License-Identifier: Apache-2.0

// Mean and standard deviation, for contrast: one outlier moves both.
#ifndef WORKBOOK_EXERCISES_03_06_GIVEN_MEAN_H_
#define WORKBOOK_EXERCISES_03_06_GIVEN_MEAN_H_

#include <cmath>
#include <span>

namespace workbook {

// Returns the arithmetic mean.
// REQUIRES: not empty.
// Cost: O(n), no allocation.
// Thread safety: a pure function, as the next one.
inline double Mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// Returns the standard deviation of a sample (n - 1), in two passes: with one
// pass over large values the squares lose the digits that matter.
// REQUIRES: at least two values.
// Cost: O(n), no allocation.
inline double StandardDeviation(std::span<const double> values) {
  const double mean = Mean(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_GIVEN_MEAN_H_
