// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/overview_chart.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/workbook/report/html.h"

namespace workbook::cli {
namespace {

// For those who do not see the picture: the same in words.
std::string LabelOf(const MeasuredCase& measured) {
  std::vector<std::string> parts;
  for (const char* role : {"yours", "reference"}) {
    const MeasuredRow* const row = measured.Find(role);
    if (row == nullptr || row->printed.ratio <= 0) continue;
    parts.push_back(fmt::format("{} {}", role, IntervalText(row->printed)));
  }
  double low = 0;
  double high = 0;
  int peers = 0;
  for (const MeasuredRow& row : measured.rows) {
    if (row.role != "peer" || row.printed.ratio <= 0) continue;
    low = peers == 0 ? row.printed.ratio : std::min(low, row.printed.ratio);
    high = std::max(high, row.printed.ratio);
    ++peers;
  }
  if (peers > 0) {
    parts.push_back(fmt::format("{} {} {:.2g} to {:.2g}", peers,
                                peers == 1 ? "peer" : "peers", low, high));
  }
  return parts.empty() ? "no times"
                       : fmt::format("{} x baseline", fmt::join(parts, ", "));
}

std::optional<double> CountOf(const MeasuredRow* row,
                              std::optional<double> MeasuredRow::*count) {
  return row == nullptr ? std::nullopt : row->*count;
}

std::string Row(const ReportedExercise& exercise, std::size_t index,
                const RatioScale& scale) {
  const MeasuredCase& measured = exercise.figures.cases[index].measured;
  const MeasuredRow* const before = measured.Find("baseline");
  const MeasuredRow* const after = AfterBaseline(measured);
  const bool is_reference = after != nullptr && after->role == "reference";
  const auto change = [&](std::optional<double> MeasuredRow::*count) {
    return ChangeHtml(CountOf(before, count), CountOf(after, count));
  };
  return fmt::format(
      "<tr><th scope=row><a href=\"#{}\">{}</a>{}<td>{}<td>{}<td>{}"
      "<td>{}<td class=t>{}\n",
      CaseAnchor(exercise, index), CaseNameHtml(measured.name),
      is_reference ? " <small>reference</small>" : "",
      change(&MeasuredRow::allocs_per_op), change(&MeasuredRow::bytes_per_op),
      change(&MeasuredRow::peak_bytes),
      after == nullptr ? "–" : RatioText(after->printed),
      CaseSvg(measured, scale, LabelOf(measured)));
}

}  // namespace

RatioScale ScaleOf(const ReportedCourse& course) {
  std::vector<double> ratios;
  for (const ReportedExercise& exercise : course.exercises) {
    for (const ReportedCase& each : exercise.figures.cases) {
      for (const MeasuredRow& row : each.measured.rows) {
        const RowFigures& figures = row.printed;
        ratios.insert(ratios.end(), {figures.ratio, figures.low, figures.high});
      }
    }
  }
  return RatioScale(ratios);
}

std::string OverviewHead() {
  std::string legend;
  for (const auto& [mark, name] :
       {std::pair("y", "yours"), std::pair("r", "reference"),
        std::pair("p", "peers")}) {
    legend += fmt::format(
        "<span><svg class=key aria-hidden=\"true\"><use href=\"#{}\" "
        "x=\"50%\"/></svg>{}</span> ",
        mark, name);
  }
  return "<section aria-labelledby=\"cases\">\n"
         "<h2 id=\"cases\">All cases on one scale</h2>\n<p class=\"legend\">" +
         legend +
         "Counts go from the baseline's to yours. Times are ratios: the "
         "baseline is 1, further right is faster, a bar is the 95 % interval, "
         "and a mark at the edge lies beyond the scale.\n"
         "<table class=\"chart\"><thead><tr><th scope=col>case"
         "<th scope=col>allocations/op<th scope=col>B/op<th scope=col>peak B"
         "<th scope=col>× baseline<th scope=col class=t>"
         "<span class=\"hidden\">times as fast as the baseline</span>" +
         std::string(kTicksSvg) + "</thead>\n";
}

std::string OverviewRows(const ReportedExercise& exercise,
                         const RatioScale& scale) {
  if (exercise.figures.cases.empty()) return {};
  std::string rows = fmt::format(
      "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"6\">{} {}\n",
      Html(exercise.id), Html(exercise.title));
  for (std::size_t i = 0; i < exercise.figures.cases.size(); ++i) {
    rows += Row(exercise, i, scale);
  }
  return rows;
}

std::string OverviewEnd() { return "</table>\n</section>\n"; }

std::string CaseAnchor(const ReportedExercise& exercise, std::size_t index) {
  return fmt::format("c{}-{}", Html(exercise.id), index + 1);
}

}  // namespace workbook::cli
