// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/text/columns.h"

#include <algorithm>

#include "tools/text/text_file.h"

namespace workbook {

std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

void CheckColumns(std::string_view text, std::string_view content,
                  std::size_t max, int line, std::vector<TextFault>& faults) {
  const std::size_t columns = Columns(text);
  if (columns <= max || TrimSpace(content).find(' ') == content.npos) return;
  faults.push_back(
      {line, "has " + std::to_string(columns) + " columns",
       "break it at column " + std::to_string(max) + " or before"});
}

std::string WithoutQuoted(std::string_view text, char quote) {
  std::string plain(text);
  bool is_inside = false;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (plain[i] == quote) {
      is_inside = !is_inside && plain.find(quote, i + 1) != plain.npos;
    } else if (is_inside) {
      plain[i] = 'x';
    }
  }
  return plain;
}

bool HasGap(std::string_view text) {
  return TrimSpace(text).find("   ") != text.npos;
}

}  // namespace workbook
