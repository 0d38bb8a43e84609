// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/calibration_curve.h"

#include <algorithm>
#include <cmath>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/bench/publish/numbers.h"
#include "tools/workbook/report/html.h"

namespace workbook::cli {
namespace {

constexpr double kTop = 26;  // pixels, as all heights here
constexpr double kBottom = 90;
constexpr std::size_t kMaxNamesInALine = 7;

struct Point {
  std::string exercise;
  std::string value;  // "2 of 3", "1.5"
  double height = 0;  // 0 to 1
};

std::string PointsSvg(const std::vector<Point>& points) {
  std::string svg = fmt::format(
      "<line class=base x1=\"0\" x2=\"100%\" y1=\"{0:.0f}\" y2=\"{0:.0f}\"/>",
      kBottom);
  const auto x = [&](std::size_t i) {
    return (static_cast<double>(i) + 0.5) * 100 /
           static_cast<double>(points.size());
  };
  const auto y = [&](std::size_t i) {
    return kBottom - points[i].height * (kBottom - kTop);
  };
  for (std::size_t i = 1; i < points.size(); ++i) {
    svg += fmt::format(
        "<line x1=\"{:.1f}%\" y1=\"{:.0f}\" x2=\"{:.1f}%\" y2=\"{:.0f}\"/>",
        x(i - 1), y(i - 1), x(i), y(i));
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Many names are wider than a phone: they take turns in two lines.
    const bool is_low = i % 2 == 1 && points.size() > kMaxNamesInALine;
    svg += fmt::format(
        "<circle cx=\"{0:.1f}%\" cy=\"{1:.0f}\" r=\"4\"/>"
        "<text x=\"{0:.1f}%\" y=\"{2:.0f}\">{3}</text>"
        "<text class=\"soft\" x=\"{0:.1f}%\" y=\"{4:.0f}\">{5}</text>",
        x(i), y(i), y(i) - 9, Html(points[i].value),
        kBottom + (is_low ? 34 : 20), Html(points[i].exercise));
  }
  return svg;
}

std::string Curve(const std::string& title, const std::vector<Point>& points) {
  if (points.size() < 2) return {};
  std::vector<std::string> words;
  for (const Point& point : points) {
    words.push_back(fmt::format("{}: {}", point.exercise, point.value));
  }
  return fmt::format(
      "<figure><figcaption>{0}</figcaption><svg class=\"curve\" role=\"img\" "
      "aria-label=\"{0}. {1}\">{2}</svg></figure>\n",
      Html(title), Html(fmt::format("{}", fmt::join(words, ", "))),
      PointsSvg(points));
}

std::vector<Point> Choices(const ReportedCourse& course) {
  std::vector<Point> points;
  for (const ReportedExercise& each : course.exercises) {
    const Calibration& predicted = each.calibration;
    if (predicted.choices == 0) continue;
    points.push_back(
        {each.id,
         fmt::format("{} of {}", predicted.choices_right, predicted.choices),
         static_cast<double>(predicted.choices_right) / predicted.choices});
  }
  return points;
}

std::vector<Point> Factors(const ReportedCourse& course) {
  double max = 2;  // so that small factors do not look large
  for (const ReportedExercise& each : course.exercises) {
    max = std::max(max, each.calibration.median_error);
  }
  std::vector<Point> points;
  for (const ReportedExercise& each : course.exercises) {
    const Calibration& predicted = each.calibration;
    if (predicted.numbers == 0) continue;
    points.push_back(
        {each.id, Significant(predicted.median_error, 2),
         std::log(std::max(1.0, predicted.median_error)) / std::log(max)});
  }
  return points;
}

}  // namespace

std::string CalibrationHtml(const ReportedCourse& course) {
  const bool is_empty = std::all_of(
      course.exercises.begin(), course.exercises.end(),
      [](const ReportedExercise& each) { return each.calibration.IsEmpty(); });
  if (is_empty) return {};
  const std::string curves =
      Curve("Choices right, exercise by exercise; higher is better",
            Choices(course)) +
      Curve("Median factor of error of numbers; lower is better, 1 is exact",
            Factors(course));
  return "<section aria-labelledby=\"predictions\">\n"
         "<h2 id=\"predictions\">Your predictions over the course</h2>\n" +
         (curves.empty()
              ? "<p class=\"soft\">A curve needs predictions of a second "
                "exercise: <code>./workbook predict</code>.\n"
              : "<div class=\"pair\">" + curves + "</div>\n") +
         "</section>\n";
}

}  // namespace workbook::cli
