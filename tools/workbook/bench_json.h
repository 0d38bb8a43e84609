// SPDX-License-Identifier: Apache-2.0

// The figures of a benchmark for programs.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BENCH_JSON_H_
#define WORKBOOK_TOOLS_WORKBOOK_BENCH_JSON_H_

#include <string>
#include <vector>

#include "tools/workbook/bench_report.h"
#include "tools/workbook/bench_verdict.h"

namespace workbook::cli {

// {"exercise", "cases": [{"case", "rows": [...]}], "targets": [...]}
std::string BenchJson(const std::string& exercise,
                      const std::vector<BenchCase>& cases,
                      const std::vector<TargetVerdict>& targets);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BENCH_JSON_H_
