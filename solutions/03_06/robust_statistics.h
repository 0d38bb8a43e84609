// SPDX-License-Identifier: Apache-2.0

// The middle of a few times, their spread, and how far to trust the middle.
//
// Mean and standard deviation lie in exercises/03_06/given/mean.h, for
// contrast.
#ifndef WORKBOOK_03_06_ROBUST_STATISTICS_H_
#define WORKBOOK_03_06_ROBUST_STATISTICS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "exercises/03_06/given/random.h"

namespace workbook {

// Returns the middle value, or the mean of the two middle ones. The values are
// in another order afterwards.
// REQUIRES: not empty; no NaN.
// Cost: O(n) on average; no allocation.
// Thread safety: a pure function, as all here.
double Median(std::span<double> values);

// Returns the median of the distances from the median. For times that are
// normally distributed, 1.4826 times this estimates the standard deviation.
// REQUIRES: not empty; no NaN.
// Cost: O(n) on average; one allocation of 8 * n bytes.
// Source: Rousseeuw and Croux, "Alternatives to the median absolute deviation"
//   (1993).
double MedianAbsoluteDeviation(std::span<const double> values);

// The median of a sample and its 95 % interval: of 100 intervals made so, about
// 95 hold the true median.
struct Interval {
  double low = 0;
  double middle = 0;
  double high = 0;
};

// How many samples the bootstrap draws, and how many of their medians lie
// outside of the interval on each side.
inline constexpr std::size_t kResamples = 2000;
inline constexpr std::size_t kOutside = kResamples / 40;  // 2.5 %

// Returns the median of `values` and its 95 % bootstrap interval: draws
// kResamples times as many values as there are, each one again from all of
// them, and sorts the medians of these samples. Sorted, `low` has kOutside
// medians in front of it, `high` has kOutside behind it. One SplitMix(seed)
// draws all, each value by Below(values.size()), so that the same values and
// seed give the same interval.
// REQUIRES: not empty; no NaN; fewer than 2^32 values.
// Cost: O(kResamples * n); at most two allocations.
// Source: Efron, "Bootstrap methods: another look at the jackknife" (1979).
Interval BootstrapInterval(std::span<const double> values, std::uint64_t seed);

}  // namespace workbook

#endif  // WORKBOOK_03_06_ROBUST_STATISTICS_H_
