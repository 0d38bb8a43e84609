// SPDX-License-Identifier: Apache-2.0

// The table that a person reads.
#ifndef WORKBOOK_TOOLS_BENCH_TABLE_H_
#define WORKBOOK_TOOLS_BENCH_TABLE_H_

#include <string>
#include <vector>

#include "tools/bench/results.h"

namespace workbook {

// What the numbers of a run depend on.
struct RunConditions {
  int cpus = 0;
  std::string compiler;
  bool optimized = true;
  bool sanitized = false;
  int repetitions = 0;  // 0: nothing is timed
  // Nanoseconds that the probe adds to a malloc and its free; negative:
  // unknown.
  double probe_ns = -1;
};

// The lines above the first table, with a warning where times mean nothing.
std::string FormatHeader(const RunConditions& conditions);

// The table of one case: the baseline, then the subject, then peers from the
// fastest on, then those without a time. Where a peer is ahead of the subject,
// its row ends with that ratio. Ends with an empty line.
std::string FormatCase(const std::vector<RowResult>& results);

// How many times as fast as its case's baseline a row is: the ratio of the
// medians. 0 when either has no time.
double SpeedAgainstBaseline(const RowResult& result,
                            const std::vector<RowResult>& results);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_TABLE_H_
