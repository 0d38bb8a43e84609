// SPDX-License-Identifier: Apache-2.0

// The top of the report: one sentence, and a line for each exercise.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_SUMMARY_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_SUMMARY_H_

#include <string>

#include "tools/workbook/report/reported_course.h"

namespace workbook::cli {

// "12 of 58 tasks are green, ...": plain text.
// Thread safety: any thread, for both functions here.
std::string SummarySentence(const ReportedCourse& course);

// A table of the exercises that are begun, the names of the others, and what to
// do next where there is nothing to show.
std::string SummaryHtml(const ReportedCourse& course);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_SUMMARY_H_
