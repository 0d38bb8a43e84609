// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/case_details.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/workbook/report/case_table.h"
#include "tools/workbook/report/html.h"
#include "tools/workbook/report/overview_chart.h"

namespace workbook::cli {
namespace {

constexpr std::size_t kMaxMeasurements = 20;

std::string CommitText(const std::string& commit, bool is_edited) {
  if (commit.empty()) return {};
  return fmt::format(" at {}{}", commit, is_edited ? " and edits" : "");
}

// Where the newest figures come from.
std::string ProvenanceHtml(const Measurement& newest) {
  std::string html = fmt::format(
      "<p class=\"soft\">Measured {}{}: {}, {} processors, kernel {}, {}, "
      "{}.\n",
      Html(newest.measured_at), Html(CommitText(newest.commit, newest.edited)),
      Html(newest.processor), newest.processors, Html(newest.kernel),
      Html(newest.compiler), Html(newest.flags));
  for (const std::string& note : newest.disturbances) {
    html += fmt::format("<p class=\"note\">Note: {}.\n", Html(note));
  }
  return html;
}

// "1 → 0 allocations/op, 20.2 × baseline"
std::string InShort(const MeasuredCase& measured) {
  const MeasuredRow* const after = AfterBaseline(measured);
  if (after == nullptr) return {};
  const MeasuredRow* const before = measured.Find("baseline");
  return fmt::format(
      "{} allocations/op, {} × baseline",
      ChangeHtml(before == nullptr ? std::nullopt : before->allocs_per_op,
                 after->allocs_per_op),
      RatioText(after->printed));
}

std::string CasesHtml(const ReportedExercise& exercise,
                      const RatioScale& scale) {
  std::string html;
  const std::vector<ReportedCase>& cases = exercise.figures.cases;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    html += fmt::format(
        "<details><summary>{} <span class=\"soft\">{}</span></summary>\n{}",
        CaseNameHtml(cases[i].measured.name), InShort(cases[i].measured),
        CaseTable(cases[i], scale, CaseAnchor(exercise, i)));
    if (cases[i].measured_at !=
        exercise.figures.measurements.back().measured_at) {
      html += fmt::format("<p class=\"soft\">Measured {}, not since.\n",
                          Html(cases[i].measured_at));
    }
    html += "</details>\n";
  }
  return html;
}

std::string ExactHtml(const ExactFigures& exact) {
  std::string html = fmt::format(
      "<details><summary>Instructions and simulated cache misses an operation "
      "<span class=\"soft\">callgrind, {}{}</span></summary>\n"
      "<table class=\"exact\"><thead><tr><th scope=col>row"
      "<th scope=col>instructions<th scope=col>D1 misses"
      "<th scope=col>LL misses<th scope=col>note</thead><tbody>\n",
      Html(exact.measured_at), Html(CommitText(exact.commit, false)));
  for (const ExactRow& row : exact.rows) {
    html += fmt::format(
        "<tr><th scope=row>{}<td>{}<td>{}<td>{}<td>{}\n", Html(row.name),
        CountHtml(row.per_operation.instructions),
        CountHtml(row.per_operation.first_level_misses),
        CountHtml(row.per_operation.last_level_misses),
        row.not_deterministic.empty() ? "the same in two runs"
                                      : Html(row.not_deterministic));
  }
  return html + "</table>\n</details>\n";
}

std::string MeasurementsHtml(const std::vector<Measurement>& measurements) {
  std::string html =
      "<details><summary>Your newest measurements</summary>\n<table "
      "class=\"exact\"><thead><tr><th scope=col>when (UTC)"
      "<th scope=col>commit<th scope=col>compiler"
      "<th scope=col>noticed</thead><tbody>\n";
  const std::size_t first =
      measurements.size() - std::min(measurements.size(), kMaxMeasurements);
  for (std::size_t i = first; i < measurements.size(); ++i) {
    const Measurement& each = measurements[i];
    html += fmt::format(
        "<tr><th scope=row>{}<td>{}{}<td>{}<td>{}\n", Html(each.measured_at),
        Html(each.commit), each.edited ? " and edits" : "", Html(each.compiler),
        each.disturbances.empty()
            ? "nothing"
            : Html(fmt::format("{}", fmt::join(each.disturbances, "; "))));
  }
  return html + "</table>\n</details>\n";
}

}  // namespace

std::string DetailsHtml(const ReportedExercise& exercise,
                        const RatioScale& scale, bool is_open) {
  const ReportedFigures& figures = exercise.figures;
  if (figures.cases.empty() && !figures.exact) return {};
  std::string html = fmt::format(
      "<details class=\"exercise\"{}><summary><h2>{} {}</h2> "
      "<span class=\"soft\">{} cases</span></summary>\n"
      // Inside, so that a browser that goes to it unfolds the exercise.
      "<div class=target id=\"e{}\"></div>\n",
      is_open ? " open" : "", Html(exercise.id), Html(exercise.title),
      figures.cases.size(), Html(exercise.id));
  if (!figures.measurements.empty()) {
    html += ProvenanceHtml(figures.measurements.back());
  }
  html += CasesHtml(exercise, scale);
  if (figures.exact) html += ExactHtml(*figures.exact);
  if (figures.measurements.size() > 1) {
    html += MeasurementsHtml(figures.measurements);
  }
  return html + "</details>\n";
}

}  // namespace workbook::cli
