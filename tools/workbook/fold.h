// SPDX-License-Identifier: Apache-2.0

// Lines that are longer than the screen, folded where a reader would.
#ifndef WORKBOOK_TOOLS_WORKBOOK_FOLD_H_
#define WORKBOOK_TOOLS_WORKBOOK_FOLD_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace workbook::cli {

// The width of `text` on a screen: orders to the terminal take no column, a
// character of UTF-8 takes one.
// Cost: linear, no allocation.
std::size_t ScreenWidth(std::string_view text);

// `text` with each line that is wider than `columns` broken: between the cells
// of a table, which two blanks part, and between words where a cell alone is
// too wide. What goes on is indented two columns deeper than its line. A word
// that is too long (a path, to be copied) stays whole. 0 columns fold nothing.
// Cost: linear; one copy.
std::string Fold(std::string_view text, std::size_t columns);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_FOLD_H_
