// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/ratio_scale.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>

#include "fmt/format.h"
#include "tools/bench/publish/numbers.h"
#include "tools/workbook/report/html.h"

namespace workbook::cli {
namespace {

constexpr double kMarginPercent = 5;
constexpr double kEdgePercent = 1.5;
// An interval that ends below its mark on any screen is not drawn.
constexpr double kHiddenPercent = 0.8;
constexpr double kMinPower = -2;
constexpr double kMaxPower = 4;
constexpr std::size_t kMaxTicks = 8;
// Beside 1, in powers of ten: where nothing is measured there is a scale, too.
constexpr double kRoom = 0.15;

std::vector<double> TicksOf(const std::vector<double>& factors, double low,
                            double high) {
  std::vector<double> ticks;
  const int first = static_cast<int>(std::floor(low));
  for (int decade = first; decade <= high; ++decade) {
    for (const double factor : factors) {
      const double tick = factor * std::pow(10, decade);
      const double power = std::log10(tick);
      if (power >= low && power <= high) ticks.push_back(tick);
    }
  }
  return ticks;
}

// The name of a role's mark, and of the class of its interval.
const char* MarkOf(const MeasuredRow& row) {
  if (row.role == "yours") return "y";
  return row.role == "reference" ? "r" : "p";
}

}  // namespace

RatioScale::RatioScale(const std::vector<double>& ratios)
    : low_(-kRoom), high_(kRoom) {
  for (const double ratio : ratios) {
    if (!(ratio > 0) || !std::isfinite(ratio)) continue;
    const double power = std::clamp(std::log10(ratio), kMinPower, kMaxPower);
    low_ = std::min(low_, power);
    high_ = std::max(high_, power);
  }
}

double RatioScale::Percent(double ratio) const {
  const double percent = kMarginPercent + (100 - 2 * kMarginPercent) *
                                              (std::log10(ratio) - low_) /
                                              (high_ - low_);
  return std::clamp(percent, kEdgePercent, 100 - kEdgePercent);
}

std::vector<double> RatioScale::Ticks() const {
  std::vector<double> ticks;
  for (const std::vector<double>& factors :
       std::initializer_list<std::vector<double>>{
           {1}, {1, 3}, {1, 2, 5}, {1, 1.5, 2, 3, 5, 7}}) {
    std::vector<double> finer = TicksOf(factors, low_, high_);
    if (finer.size() > kMaxTicks) break;
    ticks = std::move(finer);
  }
  return ticks;
}

std::string RatioScale::GridCss() const {
  std::string stops;
  for (const double tick : Ticks()) {
    // A pixel of colour between two stops of none.
    stops += fmt::format(
        ",transparent calc({0:.2f}% - .5px),var(--{1}) calc({0:.2f}% - .5px) "
        "calc({0:.2f}% + .5px),transparent calc({0:.2f}% + .5px)",
        Percent(tick), tick == 1 ? "soft" : "line");
  }
  return fmt::format(".t{{background-image:linear-gradient(90deg{})}}\n",
                     stops);
}

std::string RatioScale::DefinitionsSvg() const {
  std::string svg =
      "<svg class=\"marks\" aria-hidden=\"true\"><defs>"
      "<circle id=\"y\" cy=\"12\" r=\"5\"/>"
      "<path id=\"r\" d=\"M0 6.5 5.5 12 0 17.5-5.5 12z\"/>"
      "<circle id=\"p\" cy=\"12\" r=\"3\"/><g id=\"h\">";
  for (const double tick : Ticks()) {
    svg += fmt::format("<text x=\"{:.1f}%\" y=\"14\">{}</text>", Percent(tick),
                       Significant(tick, tick == 1.5 ? 2 : 1));
  }
  return svg + "</g></defs></svg>\n";
}

std::string RowMark(const MeasuredRow& row, const RatioScale& scale) {
  const RowFigures& figures = row.printed;
  if (figures.ratio <= 0 || row.role == "baseline") return {};
  const char* const mark = MarkOf(row);
  const double at = scale.Percent(figures.ratio);
  std::string svg;
  if (figures.low > 0 && figures.high > 0) {
    const double left = scale.Percent(figures.low);
    const double right = scale.Percent(figures.high);
    if (std::max(at - left, right - at) > kHiddenPercent) {
      svg = fmt::format("<line class={} x1=\"{:.1f}%\" x2=\"{:.1f}%\"/>", mark,
                        left, right);
    }
  }
  return svg + fmt::format("<use href=\"#{}\" x=\"{:.1f}%\"/>", mark, at);
}

std::string CaseSvg(const MeasuredCase& measured, const RatioScale& scale,
                    std::string_view label) {
  std::string svg =
      fmt::format("<svg role=\"img\" aria-label=\"{}\">", Html(label));
  for (const char* role : {"peer", "reference", "yours"}) {
    for (const MeasuredRow& row : measured.rows) {
      if (row.role == role) svg += RowMark(row, scale);
    }
  }
  return svg + "</svg>";
}

}  // namespace workbook::cli
