// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/html_report.h"

#include <algorithm>

#include "fmt/format.h"
#include "tools/workbook/report/calibration_curve.h"
#include "tools/workbook/report/case_details.h"
#include "tools/workbook/report/html.h"
#include "tools/workbook/report/overview_chart.h"
#include "tools/workbook/report/ratio_scale.h"
#include "tools/workbook/report/summary.h"

namespace workbook::cli {
namespace {

// Left for the words on what does not fit, and for the end.
constexpr std::size_t kReservedBytes = 10'000;

void AddIfItFits(const std::string& part, const std::string& instead,
                 std::string& page) {
  if (part.empty()) return;
  const bool fits =
      page.size() + part.size() + kReservedBytes <= kMaxReportBytes;
  page += fits ? part : instead;
}

std::string Head(const RatioScale& scale, std::string_view style) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>Memory Workbook: report</title>\n"
      "<style>\n{}{}</style>\n</head>\n<body>\n{}<main>\n",
      style, scale.GridCss(), scale.DefinitionsSvg());
}

void AddOverview(const ReportedCourse& course, const RatioScale& scale,
                 std::string& page) {
  page += OverviewHead();
  for (const ReportedExercise& each : course.exercises) {
    AddIfItFits(
        OverviewRows(each, scale),
        fmt::format("<tbody><tr class=\"group\"><th colspan=\"6\">{} {}: "
                    "<code>./workbook report {}</code> shows its {} cases.\n",
                    Html(each.id), Html(each.title), Html(each.id),
                    each.figures.cases.size()),
        page);
  }
  page += OverviewEnd();
}

void AddDetails(const ReportedCourse& course, const RatioScale& scale,
                std::string& page) {
  const auto is_measured = [](const ReportedExercise& each) {
    return !each.figures.cases.empty() || each.figures.exact;
  };
  const auto measured = std::count_if(course.exercises.begin(),
                                      course.exercises.end(), is_measured);
  if (measured == 0) return;
  page += "<section aria-label=\"Details\">\n";
  for (const ReportedExercise& each : course.exercises) {
    AddIfItFits(
        DetailsHtml(each, scale, measured == 1),
        fmt::format("<p>{} {}: <code>./workbook report {}</code> shows the "
                    "details, which would make this page too large.\n",
                    Html(each.id), Html(each.title), Html(each.id)),
        page);
  }
  page += "</section>\n";
}

// What was left out, and why.
std::string LeftOut(const ReportedCourse& course) {
  std::string html;
  for (const std::string& file : course.damaged) {
    html += fmt::format(
        "<p class=\"note\">Left out, because it cannot be read: {}. Fix: "
        "delete it and measure again.\n",
        Html(file));
  }
  for (const std::string& folder : course.gone) {
    html += fmt::format(
        "<p class=\"note\">Left out, because the course no longer has its "
        "exercise: {}. Fix: delete the folder if you do not need it.\n",
        Html(folder));
  }
  return html;
}

}  // namespace

std::string HtmlReport(const ReportedCourse& course, std::string_view style) {
  const RatioScale scale = ScaleOf(course);
  std::string page = Head(scale, style);
  page += fmt::format(
      "<h1>Memory Workbook: what you did</h1>\n"
      "<p class=\"lead\">{}\n",
      Html(SummarySentence(course)));
  page += SummaryHtml(course) + CalibrationHtml(course);
  const bool is_measured = std::any_of(
      course.exercises.begin(), course.exercises.end(),
      [](const ReportedExercise& each) { return !each.figures.cases.empty(); });
  if (is_measured) {
    AddOverview(course, scale, page);
  } else {
    page +=
        "<p>Nothing is measured yet: <code>./workbook bench NN_MM</code> "
        "compares your code with the baseline and the peers.\n";
  }
  AddDetails(course, scale, page);
  AddIfItFits(LeftOut(course),
              fmt::format("<p class=\"note\">{} files and folders of figures "
                          "were left out; <code>./workbook report</code> "
                          "names them.\n",
                          course.damaged.size() + course.gone.size()),
              page);
  return page + "</main>\n</body>\n</html>\n";
}

}  // namespace workbook::cli
