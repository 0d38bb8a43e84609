// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/case_table.h"

#include <algorithm>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/bench/comparison/verdict.h"
#include "tools/bench/publish/numbers.h"
#include "tools/workbook/report/html.h"

namespace workbook::cli {
namespace {

constexpr std::size_t kMaxRatios = 10;

std::string TimeText(const RowFigures& figures) {
  return figures.ns > 0 ? Significant(figures.ns, DigitsOf(figures)) : "–";
}

std::string CountersText(const MeasuredRow& row) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : row.counters) {
    parts.push_back(fmt::format("{} {}", Html(name), CountHtml(value)));
  }
  return parts.empty()
             ? std::string()
             : fmt::format(" <small>{}</small>", fmt::join(parts, ", "));
}

std::string Row(const MeasuredRow& row, const RatioScale& scale) {
  const std::string role =
      row.role == "peer" ? "" : fmt::format("<i>{}</i> ", Html(row.role));
  const std::string mark = RowMark(row, scale);
  return fmt::format(
      "<tr{}><th scope=row>{}{}{}<td>{}<td>{}<td>{}<td>{}<td>{}"
      "<td class=t>{}\n",
      row.role == "yours" ? " class=\"yours\"" : "", role,
      Html(row.implementation), CountersText(row), CountHtml(row.allocs_per_op),
      CountHtml(row.bytes_per_op), CountHtml(row.peak_bytes),
      TimeText(row.printed), IntervalText(row.printed),
      mark.empty() ? mark : "<svg>" + mark + "</svg>");
}

std::string WhyNot(const MeasuredRow& row) {
  if (row.status == "not_written") return "not written yet";
  if (row.status == "gap") return "not installed: " + row.message;
  return "failed: " + row.message;
}

std::string Missing(const MeasuredCase& measured) {
  std::string text;
  for (const MeasuredRow& row : measured.rows) {
    if (row.status.empty()) continue;
    text += fmt::format("<li>{} {}: {}.", Html(row.role),
                        Html(row.implementation), Html(WhyNot(row)));
  }
  return text.empty() ? text : "<ul class=\"soft\">" + text + "</ul>\n";
}

std::string Verdicts(const ReportedCase& reported) {
  std::string text;
  if (!reported.against_reference.empty()) {
    text += fmt::format("<li>At most {:g} × the reference's time: {}.",
                        kReferenceLimit, Html(reported.against_reference));
  }
  for (const ReportedTarget& target : reported.targets) {
    text +=
        fmt::format("<li>Target, at least {:g} × baseline: {}. {}",
                    target.at_least, Html(target.verdict), Html(target.reason));
  }
  if (reported.your_ratios.size() > 1) {
    std::vector<std::string> ratios;
    const auto& all = reported.your_ratios;
    const std::size_t first = all.size() - std::min(all.size(), kMaxRatios);
    for (std::size_t i = first; i < all.size(); ++i) {
      ratios.push_back(Significant(all[i], 2));
    }
    text +=
        fmt::format("<li>Yours × baseline, the newest measurement last: {}.",
                    fmt::join(ratios, " → "));
  }
  return text.empty() ? text : "<ul>" + text + "</ul>\n";
}

std::string Term(const char* term, const std::string& text) {
  if (text.empty()) return {};
  return fmt::format("<dt>{}<dd>{}\n", term, Html(text));
}

std::string FormTerms(const Form& form) {
  return Term("touches", form.touches) + Term("calls", form.calls) +
         Term("through", form.through) + Term("keeps", form.keeps);
}

std::string ToldApart(const char* term, const std::vector<UnlikeRows>& all,
                      const MeasuredCase& measured) {
  std::string html;
  for (const UnlikeRows& each : all) {
    const bool is_here = std::any_of(measured.rows.begin(), measured.rows.end(),
                                     [&](const MeasuredRow& row) {
                                       return each.Covers(row.implementation);
                                     });
    if (!is_here) continue;
    html += fmt::format("<dt>{}<dd>{}: {}<dl>{}{}</dl>\n", term,
                        Html(fmt::format("{}", fmt::join(each.rows, ", "))),
                        Html(each.how), FormTerms(each.form),
                        Term("does not show", each.does_not_show));
  }
  return html;
}

std::string FormHtml(const CaseForm& form, const MeasuredCase& measured) {
  return "<dl>" + Term("an operation", form.operation) + FormTerms(form.form) +
         Term("order of inputs", form.order_note.empty()
                                     ? form.order
                                     : form.order + ": " + form.order_note) +
         ToldApart("unlike", form.unlike, measured) +
         ToldApart("inside", form.inside, measured) + "</dl>\n";
}

}  // namespace

std::string CaseTable(const ReportedCase& reported, const RatioScale& scale,
                      const std::string& anchor) {
  const MeasuredCase& measured = reported.measured;
  std::string html = fmt::format(
      "<table class=rows id=\"{}\"><thead><tr>"
      "<th scope=col>row<th scope=col>allocations/op"
      "<th scope=col>B/op<th scope=col>peak B<th scope=col>ns/op"
      "<th scope=col>× baseline (95 %)<th class=t>{}</thead><tbody>\n",
      anchor, kTicksSvg);
  for (const MeasuredRow& row : measured.rows) {
    if (row.status.empty()) html += Row(row, scale);
  }
  html += "</table>\n" + Missing(measured) + Verdicts(reported);
  if (reported.form) html += FormHtml(*reported.form, measured);
  return html;
}

}  // namespace workbook::cli
