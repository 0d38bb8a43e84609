// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/page/folded_tables.h"

#include "tools/text/text_file.h"

namespace workbook {
namespace {

// "## 3. Grow, or change nothing"
bool IsTaskHeading(std::string_view line) {
  constexpr std::string_view kHeading = "## ";
  return line.starts_with(kHeading) && line.size() > kHeading.size() &&
         line[kHeading.size()] >= '1' && line[kHeading.size()] <= '9';
}

}  // namespace

std::vector<int> OpenTablesBeforePredict(std::string_view page) {
  std::vector<int> open;
  bool asked = true;  // the question of this section, or none is asked
  bool folded = false;
  bool in_table = false;
  bool in_fence = false;
  int number = 0;
  for (const std::string_view line : SplitLines(page)) {
    ++number;
    if (line.starts_with("```")) in_fence = !in_fence;
    if (in_fence) continue;
    if (line.starts_with("## ")) asked = !IsTaskHeading(line);
    if (line.starts_with("**Predict.**")) asked = true;
    if (line.starts_with("<details")) folded = true;
    if (line.find("</details>") != std::string_view::npos) folded = false;
    const bool is_row = line.starts_with('|');
    if (is_row && !in_table && !asked && !folded) open.push_back(number);
    in_table = is_row;
  }
  return open;
}

}  // namespace workbook
