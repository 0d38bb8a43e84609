// SPDX-License-Identifier: Apache-2.0

// The tables of a Markdown text.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_MARKDOWN_TABLE_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_MARKDOWN_TABLE_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook {

struct MarkdownRow {
  int line = 0;  // from 1
  std::vector<std::string> cells;
};

struct MarkdownTable {
  std::string title;  // the last heading above it
  std::vector<std::string> columns;
  std::vector<MarkdownRow> rows;

  bool Has(std::string_view column) const;
  // The row's cell in that column; "" where there is none.
  std::string Cell(const MarkdownRow& row, std::string_view column) const;
};

// Reads all of them; a bar that a backslash precedes ends no cell.
std::vector<MarkdownTable> ReadMarkdownTables(std::string_view markdown);

// A text as a cell: its bars end no cell.
std::string CellText(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_MARKDOWN_TABLE_H_
