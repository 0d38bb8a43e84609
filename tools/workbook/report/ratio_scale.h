// SPDX-License-Identifier: Apache-2.0

// One logarithmic scale for all pictures of ratios on the page. Positions are
// in per cent of the width, so that a picture fits any screen without a script.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_RATIO_SCALE_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_RATIO_SCALE_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/publish/measurement.h"

namespace workbook::cli {

class RatioScale {
 public:
  // Holds every ratio of `ratios` from 0.01 to 10,000, and 1 with some room
  // around it. Rows that lie on purpose are a million times off: they would
  // leave no room for the others.
  explicit RatioScale(const std::vector<double>& ratios);

  // Where `ratio` lies, from the left; at the edge where it is beyond.
  // REQUIRES: ratio > 0.
  double Percent(double ratio) const;

  // At most eight round ratios, 1 among them, that lie within the scale.
  std::vector<double> Ticks() const;

  // The style rule that draws the ticks behind each cell of class "t": lines
  // that go on from row to row.
  std::string GridCss() const;

  // The parts that pictures use, once for the page: a mark for each role and
  // the numbers of the ticks.
  std::string DefinitionsSvg() const;

 private:
  double low_;  // powers of ten
  double high_;
};

// The numbers of the ticks, for the head of a column of pictures.
inline constexpr char kTicksSvg[] = "<svg><use href=\"#h\"/></svg>";

// A row as a mark with its interval, where one can see it; "" without a ratio.
std::string RowMark(const MeasuredRow& row, const RatioScale& scale);

// All rows of a case in one line, yours on top; `label` for those who hear it.
std::string CaseSvg(const MeasuredCase& measured, const RatioScale& scale,
                    std::string_view label);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_RATIO_SCALE_H_
