// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/text/comments.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "tools/authoring/text/columns.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

// What a line of its own may begin with: a label, an item of a list, a marker
// for the stub.
bool BeginsParagraph(std::string_view text) {
  return text.empty() || BeginsWithLabel(text) || text.starts_with("- ") ||
         text.starts_with("* ") || text.starts_with('[') ||
         std::isdigit(static_cast<unsigned char>(text.front())) != 0;
}

bool IsOneWord(std::string_view text) {
  return !text.empty() && text.find(' ') == text.npos &&
         !BeginsParagraph(text) && !text.ends_with('.') && !text.ends_with(':');
}

// Blanks between `//` and the text: more than one for code and tables.
std::size_t IndentOf(std::string_view line) {
  return static_cast<std::size_t>(CommentText(line).data() - line.data()) -
         line.find("//") - 2;
}

// "; zone         is letters": the next row of a table, behind the last one.
bool HasJoinedRow(std::string_view text) {
  for (std::size_t at = text.find("; "); at != text.npos;
       at = text.find("; ", at + 1)) {
    const std::size_t word = at + 2;
    const std::size_t end = text.find(' ', word);
    if (end != text.npos && end > word && text.substr(end, 2) == "  ") {
      return true;
    }
  }
  return false;
}

bool IsReflowed(std::string_view line, std::string_view text) {
  const std::string plain = WithoutQuoted(text, '"');
  return HasJoinedRow(plain) || (IndentOf(line) <= 1 && HasGap(plain));
}

}  // namespace

std::string_view CommentText(std::string_view line) {
  const std::string_view text = TrimSpace(line);
  return text.starts_with("//") ? TrimSpace(text.substr(2))
                                : std::string_view();
}

bool BeginsWithLabel(std::string_view text) {
  return std::any_of(
      std::begin(kContractLabels), std::end(kContractLabels),
      [text](std::string_view label) { return text.starts_with(label); });
}

std::vector<TextFault> FaultsInComments(std::string_view text) {
  std::vector<TextFault> faults;
  const std::vector<std::string_view> lines = SplitLines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view comment = CommentText(lines[i]);
    if (comment.empty()) continue;
    const int line = static_cast<int>(i) + 1;
    CheckColumns(lines[i], comment, kMaxCommentColumns, line, faults);
    const bool goes_on = i > 0 && !CommentText(lines[i - 1]).empty() &&
                         i + 1 < lines.size() &&
                         !BeginsParagraph(CommentText(lines[i + 1]));
    if (goes_on && IndentOf(lines[i]) <= 1 && IsOneWord(comment)) {
      faults.push_back({line,
                        "holds one word in the middle of a paragraph, `" +
                            std::string(comment) + "`",
                        "fill the lines of the paragraph again"});
    }
    if (IsReflowed(lines[i], comment)) {
      faults.push_back({line,
                        "holds a table or code that a formatter has joined",
                        "lay it out again, each row on a line of its own and "
                        "indented by two blanks"});
    }
  }
  return faults;
}

}  // namespace workbook
