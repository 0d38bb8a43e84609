// SPDX-License-Identifier: Apache-2.0

// The median of a few log ratios, and how far it can be trusted.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_INTERVAL_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_INTERVAL_H_

#include <cstdint>
#include <vector>

namespace workbook {

struct Interval {
  double low = 0;
  double middle = 0;
  double high = 0;

  double HalfWidth() const { return (high - low) / 2; }
};

// The median of `values` with its 95 % interval by the percentile bootstrap:
// 2000 resamples of the same size, their medians sorted, the outer 2.5 % on
// each side left out. The same values and seed give the same interval on every
// machine: the random indexes are drawn without the library's distributions.
// REQUIRES: `values` is not empty.
// Cost: 2000 medians; 3 ms for 25 values.
// Source: Efron, "Bootstrap methods: another look at the jackknife", 1979.
Interval MedianInterval(const std::vector<double>& values, std::uint64_t seed);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_INTERVAL_H_
