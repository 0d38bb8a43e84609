// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/summary.h"

#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/workbook/prediction_score.h"
#include "tools/workbook/report/html.h"

namespace workbook::cli {
namespace {

struct Sums {
  int green = 0;
  int tasks = 0;
  std::vector<Gain> gains{};
  int answers = 0;
  int right = 0;
};

Sums SumsOf(const ReportedCourse& course) {
  Sums sums;
  for (const ReportedExercise& each : course.exercises) {
    sums.green += each.core.green + each.deep.green;
    sums.tasks += each.core.tasks + each.deep.tasks;
    for (const ReportedTask& task : each.gains) {
      sums.gains.insert(sums.gains.end(), task.gains.begin(), task.gains.end());
    }
    const Calibration& predicted = each.calibration;
    sums.answers += predicted.choices + predicted.numbers;
    sums.right += predicted.choices_right + predicted.numbers_right;
  }
  return sums;
}

std::string TasksCell(const TaskCount& count) {
  if (count.tasks == 0) return "<td class=none>–";
  return fmt::format(
      "<td>{0} of {1}<svg class=\"bar\" aria-hidden=\"true\"><rect "
      "width=\"{2}%\"/></svg>",
      count.green, count.tasks, 100 * count.green / count.tasks);
}

std::string GainsCell(const std::vector<ReportedTask>& tasks) {
  if (tasks.empty()) return "<td class=none>–";
  std::string cell = "<td><ul>";
  for (const ReportedTask& task : tasks) {
    cell += fmt::format("<li><b>{}</b> <span>{}</span>",
                        Html(GainText(task.gains)), Html(task.title));
  }
  return cell + "</ul>";
}

std::string SharesCell(const Calibration& predicted) {
  if (predicted.IsEmpty()) return "<td class=none>–";
  std::vector<std::string> parts;
  if (predicted.choices > 0) {
    parts.push_back(fmt::format("{} of {} choices right",
                                predicted.choices_right, predicted.choices));
  }
  if (predicted.numbers > 0) {
    parts.push_back(fmt::format("numbers off by a median factor of {}",
                                ShowNumber(predicted.median_error)));
  }
  return fmt::format("<td>{}", fmt::join(parts, ", "));
}

std::string Badge(const ReportedExercise& each) {
  if (each.is_mastered) return " <span class=\"badge\">mastered</span>";
  return each.is_solved ? " <span class=\"badge\">solved</span>" : "";
}

// Only an exercise with figures has a part of the page to go to.
std::string TitleHtml(const ReportedExercise& each) {
  const std::string title =
      fmt::format("{} {}", Html(each.id), Html(each.title));
  if (each.figures.cases.empty() && !each.figures.exact) return title;
  return fmt::format("<a href=\"#e{}\">{}</a>", Html(each.id), title);
}

std::string Row(const ReportedExercise& each) {
  return fmt::format("<tr><th scope=row>{}{}{}{}{}{}\n", TitleHtml(each),
                     Badge(each), TasksCell(each.core), TasksCell(each.deep),
                     GainsCell(each.gains), SharesCell(each.calibration));
}

}  // namespace

std::string SummarySentence(const ReportedCourse& course) {
  const Sums sums = SumsOf(course);
  std::vector<std::string> parts = {
      fmt::format("{} of {} tasks {} green", sums.green, sums.tasks,
                  sums.green == 1 ? "is" : "are")};
  if (const auto gain = GainInShort(sums.gains)) {
    parts.push_back(fmt::format(
        "tests counted {} before and after your changes", GainText({*gain})));
  }
  if (sums.answers > 0) {
    parts.push_back(fmt::format("{} of your {} predictions {} right",
                                sums.right, sums.answers,
                                sums.right == 1 ? "was" : "were"));
  }
  const std::string last = parts.back();
  parts.pop_back();
  if (parts.empty()) return last + ".";
  return fmt::format("{}{} and {}.", fmt::join(parts, ", "),
                     parts.size() > 1 ? "," : "", last);
}

std::string SummaryHtml(const ReportedCourse& course) {
  std::string rows;
  std::vector<std::string> others;
  for (const ReportedExercise& each : course.exercises) {
    if (each.IsBegun()) {
      rows += Row(each);
    } else {
      others.push_back(fmt::format("{} {}", Html(each.id), Html(each.title)));
    }
  }
  std::string html =
      "<section aria-labelledby=\"exercises\">\n"
      "<h2 id=\"exercises\">Exercises</h2>\n";
  if (rows.empty()) {
    html +=
        "<p>You have not begun yet: <code>./workbook start</code> shows the "
        "first task.\n";
  } else {
    html +=
        "<table class=\"summary\"><thead><tr><th scope=col>exercise"
        "<th scope=col>core tasks green<th scope=col>deep tasks green"
        "<th scope=col>what your changes saved, as tests counted it"
        "<th scope=col>your predictions</thead><tbody>\n" +
        rows + "</table>\n";
  }
  if (!others.empty()) {
    html += fmt::format("<p class=\"soft\">Not begun: {}.\n",
                        fmt::join(others, ", "));
  }
  return html + "</section>\n";
}

}  // namespace workbook::cli
