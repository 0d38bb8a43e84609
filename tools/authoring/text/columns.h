// SPDX-License-Identifier: Apache-2.0

// What checks of Markdown and of comments ask of a line.
#ifndef WORKBOOK_TOOLS_AUTHORING_TEXT_COLUMNS_H_
#define WORKBOOK_TOOLS_AUTHORING_TEXT_COLUMNS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tools/authoring/text/text_fault.h"

namespace workbook {

// Counts the code points of a UTF-8 text.
// Cost: O(text).
// Thread safety: any thread, for all functions here.
std::size_t Columns(std::string_view text);

// Adds a fault if `text` has more than `max` columns and its `content`, what
// follows marks like `- ` and `// `, has a blank to break it at.
void CheckColumns(std::string_view text, std::string_view content,
                  std::size_t max, int line, std::vector<TextFault>& faults);

// Replaces what stands between two of `quote` by as many letters, so that
// nothing inside of it looks like a column or like code.
std::string WithoutQuoted(std::string_view text, char quote);

// Whether three blanks or more stand between two words.
bool HasGap(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TEXT_COLUMNS_H_
