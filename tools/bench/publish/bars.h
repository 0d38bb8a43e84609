// SPDX-License-Identifier: Apache-2.0

// Horizontal bars on a logarithmic axis, as an SVG file.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_BARS_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_BARS_H_

#include <string>
#include <vector>

namespace workbook {

struct Bar {
  std::string label;
  std::string text;  // at the end of the bar: "2.1"
  double value = 0;  // above 0; 1 is the line in the middle
};

// Draws one bar a row from the line at 1 to its value: to the right where it is
// above, to the left where it is below. The text can be read on white and on
// black. The same bars give the same bytes.
std::string BarsSvg(const std::string& title, const std::vector<Bar>& bars);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_BARS_H_
