// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/html.h"

#include <cmath>

#include "fmt/format.h"
#include "tools/bench/publish/numbers.h"
#include "tools/text/escape.h"

namespace workbook::cli {
namespace {

constexpr std::string_view kDash = "–";
constexpr double kWholeFrom = 1000;

// A table has no room for the noughts of a millionth: "1.3e-08".
std::string Short(double ratio, int digits) {
  return ratio < 0.001 ? fmt::format("{:.{}g}", ratio, digits)
                       : Significant(ratio, digits);
}

}  // namespace

std::string Html(std::string_view text) {
  constexpr std::string_view kEscapedArrow = "-&gt;";
  std::string html = EscapeHtml(text);
  for (std::size_t at = html.find(kEscapedArrow); at != std::string::npos;
       at = html.find(kEscapedArrow, at)) {
    html.replace(at, kEscapedArrow.size(), "→");
  }
  return html;
}

std::string CaseNameHtml(std::string_view name) {
  constexpr std::string_view kBreak = "<wbr>";
  std::string html = Html(name);
  for (std::size_t at = html.find('/'); at != std::string::npos;
       at = html.find('/', at + kBreak.size())) {
    html.insert(++at, kBreak);
  }
  return html;
}

std::string CountHtml(std::optional<double> count) {
  if (!count) return std::string(kDash);
  // A part of a byte says nothing of a thousand.
  return Count(*count < kWholeFrom ? *count : std::round(*count));
}

std::string ChangeHtml(std::optional<double> before,
                       std::optional<double> after) {
  if (before == after) return CountHtml(before);
  if (!before || !after) {
    return fmt::format("{} → {}", CountHtml(before), CountHtml(after));
  }
  return fmt::format("{} → <b class=\"{}\">{}</b>", CountHtml(before),
                     *after < *before ? "less" : "more", CountHtml(after));
}

int DigitsOf(const RowFigures& figures) {
  if (figures.ratio <= 0) return DigitsFor(0);
  return DigitsFor((figures.high - figures.low) / 2 / figures.ratio);
}

std::string RatioText(const RowFigures& figures) {
  if (figures.ratio <= 0) return std::string(kDash);
  return Short(figures.ratio, DigitsOf(figures));
}

std::string IntervalText(const RowFigures& figures) {
  if (figures.low <= 0 || figures.low == figures.high) {
    return RatioText(figures);
  }
  // Three digits: two would say "100 (100 to 100)".
  return fmt::format("{} ({} to {})", Short(figures.ratio, 3),
                     Short(figures.low, 3), Short(figures.high, 3));
}

}  // namespace workbook::cli
