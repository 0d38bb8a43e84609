// SPDX-License-Identifier: Apache-2.0

// Overhead curves for the eye: a table, and a picture.
#include <algorithm>
#include <array>
#include <cstdio>

#include "01_01/allocator_analysis.h"

namespace workbook {
namespace {

double WastePercent(const CurvePoint& point) {
  const auto bytes = static_cast<double>(point.bytes);
  return 100.0 * (static_cast<double>(point.usable_bytes) - bytes) / bytes;
}

std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

template <typename... Values>
std::string Format(const char* format, Values... values) {
  std::array<char, 512> line;
  std::snprintf(line.data(), line.size(), format, values...);
  return line.data();
}

constexpr double kLeft = 80, kTop = 30, kWidth = 640, kHeight = 340;
constexpr double kMaxPercent = 100;
constexpr std::array kColours = {"#0072b2", "#d55e00", "#009e73",
                                 "#cc79a7", "#000000", "#e69f00"};
constexpr std::array kDashes = {"none", "8 3", "2 3", "12 3 2 3", "5 5", "1 6"};

double X(std::size_t bytes, std::size_t most_bytes) {
  return kLeft +
         kWidth * static_cast<double>(bytes) / static_cast<double>(most_bytes);
}

double Y(double percent) {
  return kTop + kHeight * (1 - std::min(percent, kMaxPercent) / kMaxPercent);
}

std::string Axes(std::size_t most_bytes) {
  std::string svg;
  for (int i = 0; i <= 4; ++i) {
    const double percent = 25.0 * i;
    const std::size_t bytes = most_bytes * static_cast<std::size_t>(i) / 4;
    svg += Format("<path d=\"M%.0f %.1fh%.0f\" stroke=\"#ccc\"/>\n", kLeft,
                  Y(percent), kWidth);
    svg += Format(
        "<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%.0f %%"
        "</text>\n",
        kLeft - 8, Y(percent) + 4, percent);
    svg += Format(
        "<text x=\"%.1f\" y=\"%.0f\" text-anchor=\"middle\">%zu"
        "</text>\n",
        X(bytes, most_bytes), kTop + kHeight + 20, bytes);
  }
  svg += Format(
      "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">request, "
      "bytes</text>\n",
      kLeft + kWidth / 2, kTop + kHeight + 42);
  svg += Format(
      "<text transform=\"translate(22 %.0f) rotate(-90)\" "
      "text-anchor=\"middle\">waste, %% of the request</text>\n",
      kTop + kHeight / 2);
  return svg;
}

std::string Line(const Curve& curve, std::size_t index,
                 std::size_t most_bytes) {
  const char* const colour = kColours[index % kColours.size()];
  const char* const dash = kDashes[index % kDashes.size()];
  std::string svg = Format(
      "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" "
      "stroke-dasharray=\"%s\" points=\"",
      colour, dash);
  for (const CurvePoint& point : curve.points) {
    svg += Format("%.1f,%.1f ", X(point.bytes, most_bytes),
                  Y(WastePercent(point)));
  }
  const double y = kTop + 14 + 20 * static_cast<double>(index);
  svg += Format(
      "\"/>\n<path d=\"M%.0f %.0fh36\" stroke=\"%s\" "
      "stroke-width=\"2\" stroke-dasharray=\"%s\"/>\n",
      kLeft + kWidth - 160, y, colour, dash);
  return svg +
         Format("<text x=\"%.0f\" y=\"%.0f\">", kLeft + kWidth - 116, y + 4) +
         Escaped(curve.name) + "</text>\n";
}

}  // namespace

std::string OverheadTable(std::span<const Curve> curves) {
  std::string table =
      Format("%-20s %8s %12s %12s\n", "", "classes", "mean waste", "worst");
  for (const Curve& curve : curves) {
    std::vector<std::size_t> classes;
    double sum = 0;
    double worst = 0;
    for (const CurvePoint& point : curve.points) {
      if (classes.empty() || classes.back() != point.usable_bytes) {
        classes.push_back(point.usable_bytes);
      }
      sum += WastePercent(point);
      worst = std::max(worst, WastePercent(point));
    }
    const double points =
        std::max<double>(static_cast<double>(curve.points.size()), 1);
    table += Format("%-20s %8zu %10.1f %% %10.1f %%\n", curve.name.c_str(),
                    classes.size(), sum / points, worst);
  }
  return table;
}

std::string OverheadSvg(std::span<const Curve> curves) {
  std::size_t most_bytes = 1;
  for (const Curve& curve : curves) {
    if (curve.points.empty()) continue;
    most_bytes = std::max(most_bytes, curve.points.back().bytes);
  }
  std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 430\" "
      "font-family=\"sans-serif\" font-size=\"13\">\n"
      "<title>Waste inside blocks by request size</title>\n"
      "<rect width=\"760\" height=\"430\" fill=\"#fff\"/>\n";
  svg += Axes(most_bytes);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    svg += Line(curves[i], i, most_bytes);
  }
  return svg + "</svg>\n";
}

}  // namespace workbook
