// SPDX-License-Identifier: Apache-2.0

// The middle of a few measurements, and how far they lie from it.
#ifndef WORKBOOK_TOOLS_BENCH_STATISTICS_H_
#define WORKBOOK_TOOLS_BENCH_STATISTICS_H_

#include <vector>

namespace workbook {

// The middle value; the mean of the two middle ones where there are two. Unlike
// the mean it is not moved by one repetition that the scheduler interrupted.
// REQUIRES: not empty.
double Median(std::vector<double> values);

// The median distance from the median: the spread that goes with it.
// REQUIRES: not empty.
double MedianAbsoluteDeviation(const std::vector<double>& values);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_STATISTICS_H_
