// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/numbers.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "fmt/format.h"

namespace workbook {
namespace {

// Wide enough for the binary fraction that stands for a decimal one.
constexpr double kSlack = 1e-9;

int Magnitude(double value) {
  return static_cast<int>(std::floor(std::log10(value)));
}

std::string WithCommas(const std::string& digits) {
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

}  // namespace

std::string Significant(double value, int digits) {
  if (value <= 0) return "0";
  const int decimals = digits - 1 - Magnitude(value);
  const double unit = std::pow(10, -decimals);
  const double rounded = std::round(value / unit) * unit;
  // 9.96 with two digits is 10, which has one before the point more.
  const int final_decimals = digits - 1 - Magnitude(rounded * (1 + kSlack));
  if (final_decimals > 0)
    return fmt::format("{:.{}f}", rounded, final_decimals);
  return WithCommas(fmt::format("{:.0f}", rounded));
}

int DigitsFor(double ratio, double low, double high) {
  return DigitsFor((high - low) / 2 / ratio);
}

int DigitsFor(double relative_half_width) {
  return relative_half_width < 0.01 ? 3 : 2;
}

std::string Count(double value) {
  if (value == std::round(value))
    return WithCommas(fmt::format("{:.0f}", value));
  return fmt::format("{:.4g}", value);
}

std::optional<Range> RangeOf(std::string_view text) {
  std::string plain;
  std::size_t decimals = 0;
  bool has_point = false;
  for (const char c : text) {
    if (c == ',') continue;
    if (c == '.' && !has_point) {
      has_point = true;
    } else if (c < '0' || c > '9') {
      return std::nullopt;
    } else if (has_point) {
      ++decimals;
    }
    plain += c;
  }
  if (plain.empty() || plain == ".") return std::nullopt;
  const double value = std::strtod(plain.c_str(), nullptr);
  double unit = std::pow(10, -static_cast<double>(decimals));
  // Zeros at the end of a whole number are rounded ones, but two digits count.
  const double max_unit =
      value > 0 ? std::pow(10, Magnitude(value * (1 + kSlack)) - 1) : 0;
  if (!has_point) {
    while (unit * 10 <= max_unit * (1 + kSlack) &&
           std::fmod(value, unit * 10) == 0) {
      unit *= 10;
    }
  }
  const double half = unit / 2 * (1 + kSlack);
  return Range{std::max(0.0, value - half), value + half};
}

}  // namespace workbook
