// SPDX-License-Identifier: Apache-2.0

// The results as a file in Google Benchmark's JSON; README.md has the schema.
#ifndef WORKBOOK_TOOLS_BENCH_JSON_REPORT_H_
#define WORKBOOK_TOOLS_BENCH_JSON_REPORT_H_

#include <ostream>
#include <vector>

#include "tools/bench/results.h"
#include "tools/bench/table.h"

namespace workbook {

// Writes one document. One entry a repetition; a row without times is one entry
// of 0 iterations. Adds to Google Benchmark's context, so call it once a
// process.
void WriteJson(const std::vector<RowResult>& results,
               const RunConditions& conditions, std::ostream& out);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_JSON_REPORT_H_
