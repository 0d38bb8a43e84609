// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/html_report.h"

#include "nlohmann/json.hpp"

namespace workbook::cli {
namespace {

using Json = nlohmann::ordered_json;

// One object a quantity.
Json GainsData(const std::vector<ReportedTask>& tasks) {
  Json gains = Json::array();
  for (const ReportedTask& task : tasks) {
    for (const Gain& gain : task.gains) {
      gains.push_back({{"task", task.number},
                       {"title", task.title},
                       {"name", gain.name},
                       {"before", gain.before},
                       {"after", gain.after}});
    }
  }
  return gains;
}

Json CourseData(const ReportedCourse& course) {
  Json exercises = Json::array();
  for (const ReportedExercise& each : course.exercises) {
    Json measurements = Json::array();
    for (const std::string& text : each.measurements) {
      measurements.push_back(Json::parse(text));
    }
    exercises.push_back(
        {{"id", each.id},
         {"title", each.title},
         {"green_tasks", each.green_tasks},
         {"tasks", each.tasks},
         {"gains", GainsData(each.gains)},
         {"measurements", measurements},
         {"exact",
          each.exact.empty() ? Json(nullptr) : Json::parse(each.exact)}});
  }
  Json calibrations = Json::array();
  for (const Calibration& each : course.calibrations) {
    calibrations.push_back({{"id", each.exercise},
                            {"title", each.title},
                            {"choices", each.choices},
                            {"choices_right", each.choices_right},
                            {"numbers", each.numbers},
                            {"numbers_right", each.numbers_right},
                            {"median_error", each.median_error}});
  }
  return {{"exercises", exercises},
          {"calibrations", calibrations},
          {"damaged", course.damaged}};
}

// Within <script> only "<" could end the element.
std::string ForScript(const Json& json) {
  std::string text;
  for (const char c :
       json.dump(-1, ' ', true, Json::error_handler_t::replace)) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

std::string HtmlReport(const ReportedCourse& course, const PageParts& parts) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta "
         "charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
         "'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width\">\n"
         "<title>Memory Workbook: report</title>\n<style>\n" +
         parts.style +
         "</style>\n</head>\n<body>\n<main>\n<h1>Memory Workbook</h1>\n"
         "<div id=\"report\"></div>\n<noscript>The tables are drawn by a "
         "script in this page; please allow it.</noscript>\n</main>\n"
         "<script id=\"data\" type=\"application/json\">" +
         ForScript(CourseData(course)) + "</script>\n<script>" + parts.d3 +
         "</script>\n<script>" + parts.plot + "</script>\n<script>\n" +
         parts.script + "</script>\n</body>\n</html>\n";
}

}  // namespace workbook::cli
