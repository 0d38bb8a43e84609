// SPDX-License-Identifier: Apache-2.0

// Comments of C++ that no formatter has broken.
#ifndef WORKBOOK_TOOLS_AUTHORING_TEXT_COMMENTS_H_
#define WORKBOOK_TOOLS_AUTHORING_TEXT_COMMENTS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "tools/authoring/text/text_fault.h"

namespace workbook {

inline constexpr std::size_t kMaxCommentColumns = 80;

// The labels of a contract, each of which begins a line.
inline constexpr std::string_view kContractLabels[] = {
    "REQUIRES:", "Cost:", "Thread safety:", "On failure:", "Source:"};

// Returns what a line of comment says, its `//` and the blanks around it left
// out. Empty where the line is no comment, or has code in front of it.
// Cost: O(line).
// Thread safety: any thread, for all functions here.
std::string_view CommentText(std::string_view line);

// Whether a comment's text begins with a label of a contract.
bool BeginsWithLabel(std::string_view text);

// Finds, in lines that are comments only,
// - one word alone in the middle of a paragraph: a formatter has broken the
//   line before it, and has not joined it with the next;
// - a table or code that a formatter has joined to prose;
// - lines over kMaxCommentColumns, which .clang-format leaves alone.
std::vector<TextFault> FaultsInComments(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TEXT_COMMENTS_H_
