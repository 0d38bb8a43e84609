// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/contracts.h"

#include <algorithm>
#include <array>

#include "tools/text/text_file.h"
#include "tools/workbook/code_text.h"

namespace workbook::cli {
namespace {

using Lines = std::vector<std::string_view>;

bool IsComment(std::string_view line) {
  return TrimSpace(line).starts_with("//");
}

// "Grows the block." of "  // Grows the block."
std::string_view CommentText(std::string_view line) {
  line = TrimSpace(line);
  line.remove_prefix(std::min(line.size(), std::size_t{2}));
  return TrimSpace(line);
}

// Where the sentences end and the parts of a contract begin.
bool IsLabel(std::string_view text) {
  constexpr std::array<std::string_view, 5> kLabels = {
      "REQUIRES:", "Cost:", "Thread safety:", "On failure:", "Source:"};
  return std::any_of(
      kLabels.begin(), kLabels.end(),
      [text](std::string_view label) { return text.starts_with(label); });
}

// The sentences of the comment that ends above line `i`.
std::string Sentences(const Lines& lines, std::size_t i) {
  constexpr std::size_t kMaxHead = 2;
  std::size_t begin = i;
  // A return type or a template head of its own line lies between.
  while (begin > 0 && !IsComment(lines[begin - 1]) &&
         !TrimSpace(lines[begin - 1]).empty() && i - begin < kMaxHead) {
    --begin;
  }
  const std::size_t end = begin;
  while (begin > 0 && IsComment(lines[begin - 1])) --begin;
  std::string text;
  for (; begin < end; ++begin) {
    const std::string_view line = CommentText(lines[begin]);
    if (IsLabel(line) || (line.empty() && !text.empty())) break;
    if (!text.empty()) text += ' ';
    text += line;
  }
  return text;
}

// "OneAndAHalf" of "struct OneAndAHalf {"; "" for what opens no class.
std::string ClassOpenedBy(std::string_view line) {
  for (const std::string_view word : {"struct ", "class "}) {
    if (!line.starts_with(word) || line.ends_with(';')) continue;
    line.remove_prefix(word.size());
    std::size_t end = 0;
    while (end < line.size() && IsIdentifierByte(line[end])) ++end;
    return std::string(line.substr(0, end));
  }
  return {};
}

// The class of the outermost level in which line `i` lies; "" outside of all.
std::string ClassAround(const Lines& lines, std::size_t i) {
  while (i > 0) {
    --i;
    if (lines[i].starts_with("};")) return {};
    if (std::string name = ClassOpenedBy(lines[i]); !name.empty()) return name;
  }
  return {};
}

// Whether the words before a name and its bracket are those of a call and not
// of a declaration: a comment above it is then no contract.
bool IsCall(std::string_view before) {
  before = TrimSpace(before);
  constexpr std::array<std::string_view, 4> kStarts = {"return", "if", "for",
                                                       "while"};
  return before.find('=') != std::string_view::npos ||
         before.find('(') != std::string_view::npos || before.ends_with('.') ||
         before.ends_with("->") || before.ends_with('~') ||
         std::find(kStarts.begin(), kStarts.end(),
                   before.substr(0, before.find(' '))) != kStarts.end();
}

// "NextCapacity" of a line that declares it; "" of any other.
std::string DeclaredName(std::string_view line) {
  const std::size_t bracket = line.find('(');
  if (IsComment(line) || bracket == std::string_view::npos) return {};
  std::size_t begin = bracket;
  while (begin > 0 && IsIdentifierByte(line[begin - 1])) --begin;
  if (IsCall(line.substr(0, begin))) return {};
  return std::string(line.substr(begin, bracket - begin));
}

bool SaysGiven(std::string_view text) {
  return text.ends_with(" Given.") ||
         text.find(" Given. ") != std::string_view::npos ||
         text.find(" Given, ") != std::string_view::npos;
}

}  // namespace

std::vector<Contract> ContractsOf(std::string_view header) {
  const Lines lines = SplitLines(header);
  std::vector<Contract> contracts;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string name = DeclaredName(lines[i]);
    if (name.empty()) continue;
    std::string text = Sentences(lines, i);
    if (text.empty()) continue;
    const bool is_given = SaysGiven(text);
    contracts.push_back({std::move(name), ClassAround(lines, i),
                         static_cast<int>(i) + 1, std::move(text), is_given});
  }
  return contracts;
}

}  // namespace workbook::cli
