// SPDX-License-Identifier: Apache-2.0

// What is known of an exercise's cases, folded.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_CASE_DETAILS_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_CASE_DETAILS_H_

#include <string>

#include "tools/workbook/report/ratio_scale.h"
#include "tools/workbook/report/reported_course.h"

namespace workbook::cli {

// Each case of the exercise: every row's counts, times and place on the scale,
// the verdicts, what a row touches, calls and keeps; then the instructions of
// --exact and the list of measurements. "" where nothing was measured.
// Thread safety: any thread.
std::string DetailsHtml(const ReportedExercise& exercise,
                        const RatioScale& scale, bool is_open);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_CASE_DETAILS_H_
