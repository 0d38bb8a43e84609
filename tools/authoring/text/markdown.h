// SPDX-License-Identifier: Apache-2.0

// Markdown that a reader can read as it stands.
#ifndef WORKBOOK_TOOLS_AUTHORING_TEXT_MARKDOWN_H_
#define WORKBOOK_TOOLS_AUTHORING_TEXT_MARKDOWN_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "tools/authoring/text/text_fault.h"

namespace workbook {

inline constexpr std::size_t kMaxMarkdownColumns = 120;

// Finds
// - code that is indented by four blanks: a formatter takes it for prose, and
//   has no language for it; code stands between ``` lines;
// - such code in prose, where a formatter has been: three blanks in a row;
// - lines over kMaxMarkdownColumns, but for tables, link targets and what has
//   no blank to break it at;
// - a ``` that no line closes.
// Cost: O(text).
// Thread safety: any thread.
std::vector<TextFault> FaultsInMarkdown(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TEXT_MARKDOWN_H_
