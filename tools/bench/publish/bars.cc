// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/bars.h"

#include <algorithm>
#include <cmath>

#include "fmt/format.h"

namespace workbook {
namespace {

constexpr double kLabelWidth = 300;
constexpr double kPlotWidth = 460;
constexpr double kTextWidth = 60;
constexpr double kBarHeight = 16;
constexpr double kRowHeight = 22;
constexpr double kTop = 34;

// Room on both sides of 1, in powers of ten, so that every bar fits.
struct Axis {
  double below = 0.3;
  double above = 0.3;

  explicit Axis(const std::vector<Bar>& bars) {
    for (const Bar& bar : bars) {
      below = std::max(below, -std::log10(bar.value));
      above = std::max(above, std::log10(bar.value));
    }
  }
  double X(double value) const {
    return kLabelWidth + kTextWidth +
           kPlotWidth * (std::log10(value) + below) / (below + above);
  }
};

std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string BarSvg(const Bar& bar, const Axis& axis, double y) {
  const double at_one = axis.X(1);
  const double end = axis.X(bar.value);
  const bool ahead = bar.value >= 1;
  return fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n"
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
      "fill=\"{}\"/>\n"
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
      kLabelWidth, y + 12, Escaped(bar.label), std::min(at_one, end), y,
      std::max(1.0, std::abs(end - at_one)), kBarHeight,
      ahead ? "#2f6fb5" : "#b5532f", ahead ? end + 5 : end - 5, y + 12,
      ahead ? "start" : "end", Escaped(bar.text));
}

}  // namespace

std::string BarsSvg(const std::string& title, const std::vector<Bar>& bars) {
  const Axis axis(bars);
  const double width = kLabelWidth + kPlotWidth + 2 * kTextWidth;
  const double height =
      kTop + kRowHeight * static_cast<double>(bars.size()) + 6;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" "
      "role=\"img\" aria-label=\"{}\">\n"
      "<style>text{{font:13px sans-serif;fill:#888}}</style>\n"
      "<text x=\"{:.1f}\" y=\"18\" text-anchor=\"middle\">{}</text>\n",
      width, height, Escaped(title), width / 2, Escaped(title));
  double y = kTop;
  for (const Bar& bar : bars) {
    svg += BarSvg(bar, axis, y);
    y += kRowHeight;
  }
  svg += fmt::format(
      "<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\" "
      "stroke=\"#888\"/>\n</svg>\n",
      axis.X(1), kTop - 6, y);
  return svg;
}

}  // namespace workbook
