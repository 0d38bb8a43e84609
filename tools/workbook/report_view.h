// SPDX-License-Identifier: Apache-2.0

// An exercise's report as people read it.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_VIEW_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_VIEW_H_

#include <string>
#include <vector>

#include "tools/workbook/exercise_report.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {

// A line a task, and under each one that is not green what happened and where;
// under one that has just turned green what it saved.
std::string ShowReport(const ExerciseReport& report, const Exercise& exercise,
                       const Terminal& terminal);

// The same of the task `number` alone, with the names of all its red tests; the
// other tasks are folded to one line.
std::string ShowTask(const ExerciseReport& report, const Exercise& exercise,
                     int number, const Terminal& terminal);

// All of the above, what was tested (tested_view.h) and the next step
// (next_step.h), folded at the screen's
// width: what a check prints, of the whole exercise or of the task `only`.
std::string ShowCheck(const ExerciseReport& report, const Exercise& exercise,
                      const std::vector<std::string>& bazel_errors,
                      const Terminal& terminal, int only = 0);

// "exercises/01_02/x.h:8", or "" without a file.
std::string Place(const TaskReport& task);

// The tasks of a run with ThreadSanitizer, and what it found.
std::string ShowRaces(const ExerciseReport& report, const Exercise& exercise,
                      const std::vector<std::string>& bazel_errors,
                      const Terminal& terminal);

// What a check was asked for.
struct Asked {
  int only = 0;      // this task; 0 is the core of the exercise
  bool all = false;  // the deep tasks, too
};

// 0, 1 or 3 (see exit_code.h), of the tasks that were asked for; 4 where the
// machine kept one from being tried.
int ExitCodeOf(const ExerciseReport& report, const Asked& asked = {});

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_VIEW_H_
