// SPDX-License-Identifier: Apache-2.0

// What the kept files of a benchmark say, case by case.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_KEPT_FIGURES_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_KEPT_FIGURES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/publish/forms.h"
#include "tools/bench/publish/measurement.h"
#include "tools/workbook/exact.h"

namespace workbook::cli {

struct ReportedTarget {
  double at_least = 0;
  std::string verdict{};
  std::string reason{};  // may be empty
};

// A case by the newest measurement that has it.
struct ReportedCase {
  MeasuredCase measured;
  std::string measured_at{};
  std::string against_reference{};  // "met. 0.88x the time ..."; or ""
  std::vector<ReportedTarget> targets{};
  std::optional<CaseForm> form{};     // what bench.toml says of it
  std::vector<double> your_ratios{};  // of all measurements, oldest first
};

struct ExactFigures {
  std::string measured_at;
  std::string commit;
  std::vector<ExactRow> rows;
};

struct ReportedFigures {
  std::vector<Measurement> measurements;  // oldest first
  std::vector<ReportedCase> cases;        // in the order of the newest
  std::optional<ExactFigures> exact{};    // the newest of --exact
};

// Reads `measurements` (oldest first) and the newest of `exact`, as LoadFigures
// gives them. A case that only an older measurement has is shown while `forms`
// has it: otherwise the course has renamed it.
// Thread safety: any thread.
// On failure: a file that holds something else is left out.
ReportedFigures ReadFigures(const std::vector<std::string>& measurements,
                            const std::vector<std::string>& exact,
                            const Forms& forms);

// The row that comes after the baseline: yours, or the reference where yours
// has no figures; nullptr where neither has.
const MeasuredRow* AfterBaseline(const MeasuredCase& measured);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_KEPT_FIGURES_H_
