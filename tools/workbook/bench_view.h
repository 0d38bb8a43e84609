// SPDX-License-Identifier: Apache-2.0

// The figures of a benchmark as a table.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BENCH_VIEW_H_
#define WORKBOOK_TOOLS_WORKBOOK_BENCH_VIEW_H_

#include <string>
#include <vector>

#include "tools/workbook/bench_report.h"
#include "tools/workbook/bench_verdict.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {

std::string ShowBench(const std::vector<BenchCase>& cases,
                      const std::vector<TargetVerdict>& targets,
                      const Terminal& terminal);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BENCH_VIEW_H_
