// SPDX-License-Identifier: Apache-2.0

// All measured cases in one table: counts, then times on one scale.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_OVERVIEW_CHART_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_OVERVIEW_CHART_H_

#include <cstddef>
#include <string>

#include "tools/workbook/report/ratio_scale.h"
#include "tools/workbook/report/reported_course.h"

namespace workbook::cli {

// The scale that all cases of the course fit on.
// Thread safety: any thread, for all functions here.
RatioScale ScaleOf(const ReportedCourse& course);

// The heading, the legend and the table up to its first row.
std::string OverviewHead();

// The rows of an exercise; "" without a case.
std::string OverviewRows(const ReportedExercise& exercise,
                         const RatioScale& scale);

std::string OverviewEnd();

// Where the details of the case `index` of an exercise are.
std::string CaseAnchor(const ReportedExercise& exercise, std::size_t index);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_OVERVIEW_CHART_H_
