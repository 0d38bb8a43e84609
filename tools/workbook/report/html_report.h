// SPDX-License-Identifier: Apache-2.0

// All that the learner did and measured, as one HTML page.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_HTML_REPORT_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_HTML_REPORT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "tools/workbook/report/reported_course.h"

namespace workbook::cli {

inline constexpr std::size_t kMaxReportBytes = 300'000;

// One page that needs nothing else: no script, and its policy forbids every
// request. `style` is page.css. From the top: a sentence, a line an exercise,
// the predictions, all cases on one scale, and the details, folded.
// At most kMaxReportBytes, but for the summary: exercises whose cases do not
// fit are named with the command that shows them.
// Thread safety: any thread.
std::string HtmlReport(const ReportedCourse& course, std::string_view style);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_HTML_REPORT_H_
