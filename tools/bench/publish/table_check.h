// SPDX-License-Identifier: Apache-2.0

// Refuses a published table whose columns disagree.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_TABLE_CHECK_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_TABLE_CHECK_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/publish/measurement.h"
#include "tools/problem/problem.h"

namespace workbook {

// Compares every figure of a published JSON with the rounds beside it: time,
// ratio and interval are those that the rounds give, the baseline's time over
// the row's lies in the interval, and the head says where it was measured.
// Refuses rows of the learner, stubs, and names that nobody writes
// ("std__pmr__pool"). `file` is for the problems.
std::vector<Problem> CheckMeasurement(const Measurement& measurement,
                                      const std::string& file);

// Reads every table of a Markdown text that has the columns "ns/op" and
// "x baseline (95 %)", and refuses
//   - a row whose time does not divide the baseline's to the printed ratio,
//   - a ratio outside its own interval,
//   - "**ahead**" that the times contradict,
//   - a row of the learner's or of a stub, a name with "__",
//   - a table without a baseline, and a cell that is no number.
// Each figure stands for all that it may have been rounded from.
std::vector<Problem> CheckTables(std::string_view markdown,
                                 const std::string& file);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_TABLE_CHECK_H_
