// SPDX-License-Identifier: Apache-2.0

// What --json prints. Field names are promised to programs: add, never rename.
#ifndef WORKBOOK_TOOLS_WORKBOOK_JSON_VIEW_H_
#define WORKBOOK_TOOLS_WORKBOOK_JSON_VIEW_H_

#include <string>

#include "tools/workbook/exercise_report.h"
#include "tools/workbook/session.h"

namespace workbook::cli {

// {"exercise", "exit_code", "green_tasks", "solved", "mastered", "tasks":
// [{"task", "title", "level", "minutes", "state", "passed", "total", "test",
// "message", "file", "line", "details", "contract", "contract_place",
// "page", "page_line", "waits_for", "red_tests": [{"name", "file", "line",
// "to_write"}], "gains": [{"name", "before", "after"}]}]}
std::string ReportJson(const ExerciseReport& report, const Exercise& exercise,
                       int exit_code);

// {"current", "exercises": [{"id", "title", "chapter", "minutes",
// "deep_minutes", "page", "solved", "mastered", "green_tasks",
// "calibration", "tasks": [{"task", "title", "level", "minutes", "green",
// "passed", "total", "hints_shown"}]}]}
std::string CourseJson(const Session& session);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_JSON_VIEW_H_
