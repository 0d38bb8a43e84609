// An exercise's report as people read it.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_VIEW_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_VIEW_H_

#include <string>
#include <vector>

#include "tools/workbook/exercise_report.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {

// A line a task, and under each one that is not green what happened and where.
std::string ShowReport(const ExerciseReport& report, const Exercise& exercise,
                       const Terminal& terminal);

// Bazel's words on the tasks that it did not get to; "" where there are none.
std::string ShowBazelErrors(const std::vector<std::string>& lines);

// The step to take now: the file and line to open, the page, the hint.
std::string ShowNextStep(const ExerciseReport& report, const Exercise& exercise,
                         const Terminal& terminal);

// All of the above, folded at the screen's width: what a check prints.
std::string ShowCheck(const ExerciseReport& report, const Exercise& exercise,
                      const std::vector<std::string>& bazel_errors,
                      const Terminal& terminal);

// "exercises/01_02/x.h:8", or "" without a file.
std::string Place(const TaskReport& task);

// 0, 1 or 3: see exit_code.h.
int ExitCodeOf(const ExerciseReport& report);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_VIEW_H_
