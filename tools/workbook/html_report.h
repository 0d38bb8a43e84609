// SPDX-License-Identifier: Apache-2.0

// All kept figures as one HTML page.
#ifndef WORKBOOK_TOOLS_WORKBOOK_HTML_REPORT_H_
#define WORKBOOK_TOOLS_WORKBOOK_HTML_REPORT_H_

#include <string>
#include <vector>

#include "tools/workbook/calibration.h"
#include "tools/workbook/gains.h"

namespace workbook::cli {

struct ReportedTask {
  int number = 0;
  std::string title;
  std::vector<Gain> gains;
};

struct ReportedExercise {
  std::string id;
  std::string title;
  int green_tasks = 0;
  int tasks = 0;
  std::vector<ReportedTask> gains;        // of the tasks that recorded some
  std::vector<std::string> measurements;  // JSON objects, oldest first
  std::string exact;  // the newest figures of --exact, a JSON object; or ""
};

struct ReportedCourse {
  std::vector<ReportedExercise> exercises;
  std::vector<std::string> damaged;         // files that were left out
  std::vector<Calibration> calibrations{};  // of exercises that have one
};

// What the page is made of besides figures: third_party/observable_plot and
// tools/workbook/report.
struct PageParts {
  std::string d3;
  std::string plot;
  std::string script;
  std::string style;
};

// One page that needs nothing else: its policy forbids every request.
std::string HtmlReport(const ReportedCourse& course, const PageParts& parts);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_HTML_REPORT_H_
