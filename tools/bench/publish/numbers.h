// SPDX-License-Identifier: Apache-2.0

// Figures as a table prints them, and what a printed figure can stand for.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_NUMBERS_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_NUMBERS_H_

#include <optional>
#include <string>
#include <string_view>

namespace workbook {

// Returns `value` with that many significant digits and a comma before each
// three: "0.094", "1.5", "23", "1,500,000".
// REQUIRES: value >= 0, digits >= 1.
std::string Significant(double value, int digits);

// How many digits the noise allows: two, or three where the relative half width
// of the interval is below 1 %.
int DigitsFor(double relative_half_width);

// The same of a ratio and its interval. REQUIRES: ratio > 0.
int DigitsFor(double ratio, double low, double high);

// A count in full: whole numbers as such, others with four digits.
std::string Count(double value);

// What a number with so many digits was rounded from.
struct Range {
  double low = 0;
  double high = 0;

  bool Meets(const Range& other) const {
    return low <= other.high && other.low <= high;
  }
  // All quotients of a number of this range and one of `divisor`.
  Range Over(const Range& divisor) const {
    return {low / divisor.high, high / divisor.low};
  }
};

// Reads a number as Significant prints it. At least two of its digits count, so
// that 1,500 stands for 1,450 to 1,550 and 20 for 19.5 to 20.5.
// Nothing where `text` is no number.
std::optional<Range> RangeOf(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_NUMBERS_H_
