// SPDX-License-Identifier: Apache-2.0

// How one's predictions become better over the course, as two small pictures.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_CALIBRATION_CURVE_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_CALIBRATION_CURVE_H_

#include <string>

#include "tools/workbook/report/reported_course.h"

namespace workbook::cli {

// The share of choices right, and the median factor of error, exercise by
// exercise; each curve needs two exercises. "" without predictions.
// Thread safety: any thread.
std::string CalibrationHtml(const ReportedCourse& course);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_CALIBRATION_CURVE_H_
