// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/markdown_table.h"

#include <algorithm>
#include <cstddef>

#include "tools/text/text_file.h"

namespace workbook {
namespace {

std::vector<std::string> Cells(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += line[++i];
    } else if (line[i] == '|') {
      cells.emplace_back(TrimSpace(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

bool IsRule(std::string_view line) {
  return line.find_first_not_of("|-: ") == std::string_view::npos;
}

}  // namespace

bool MarkdownTable::Has(std::string_view column) const {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::string MarkdownTable::Cell(const MarkdownRow& row,
                                std::string_view column) const {
  const auto place = std::find(columns.begin(), columns.end(), column);
  const auto index = static_cast<std::size_t>(place - columns.begin());
  return index < row.cells.size() ? row.cells[index] : std::string();
}

std::vector<MarkdownTable> ReadMarkdownTables(std::string_view markdown) {
  std::vector<MarkdownTable> tables;
  std::string title;
  bool inside = false;
  int number = 0;
  for (const std::string_view line : SplitLines(markdown)) {
    ++number;
    if (line.starts_with("#"))
      title = TrimSpace(line.substr(line.find(' ') + 1));
    if (!line.starts_with("|")) {
      inside = false;
    } else if (!inside) {
      inside = true;
      tables.push_back({title, Cells(line), {}});
    } else if (!IsRule(line)) {
      tables.back().rows.push_back({number, Cells(line)});
    }
  }
  return tables;
}

std::string CellText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace workbook
