// SPDX-License-Identifier: Apache-2.0

// Whether the same submission gets the same mark, however often it is graded.
#ifndef WORKBOOK_TOOLS_GRADE_STABILITY_H_
#define WORKBOOK_TOOLS_GRADE_STABILITY_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tools/grade/batch.h"
#include "tools/grade/marks.h"
#include "tools/grade/plan.h"

namespace workbook::grade {

struct Stability {
  std::string student;
  // How often each mark was given: "40.00", or the state where it has none.
  std::map<std::string, int> marks;
  std::vector<std::string> unsteady;  // tests that had more than one state
};

// Grades each submission `times` times, without a ledger, with options.jobs
// workers at once: they are each other's load.
// options.on_progress counts gradings. Cost: as many whole gradings.
// On failure: as GradeAll.
std::vector<Stability> GradeRepeatedly(
    const Plan& plan, const MarkRules& rules,
    const std::vector<std::filesystem::path>& paths, int times,
    const BatchOptions& options);

// A line a submission, and the tests that were not steady.
std::string Text(const std::vector<Stability>& found);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_STABILITY_H_
