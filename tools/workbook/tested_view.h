// SPDX-License-Identifier: Apache-2.0

// Which tasks a check has tested, and which not.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TESTED_VIEW_H_
#define WORKBOOK_TOOLS_WORKBOOK_TESTED_VIEW_H_

#include <string>
#include <vector>

#include "tools/workbook/exercise_report.h"

namespace workbook::cli {

// Says which tasks were tested now, and of which an earlier result still holds;
// "" where none has a verdict.
// Thread safety: any thread, for all functions here.
std::string ShowTested(const ExerciseReport& report);

// Says why tasks that are for later were not tested, and how they are; "" where
// there is none.
std::string ShowLater(const ExerciseReport& report, const Exercise& exercise);

// Bazel's words on the tasks that it did not get to; "" where there are none.
std::string ShowBazelErrors(const std::vector<std::string>& lines);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TESTED_VIEW_H_
