// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/text/markdown.h"

#include <cctype>
#include <string>

#include "tools/authoring/text/columns.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::size_t kCodeIndent = 4;

std::size_t IndentOf(std::string_view line) {
  const std::size_t indent = line.find_first_not_of(' ');
  return indent == line.npos ? line.size() : indent;
}

// The characters of `- `, `2. ` ... at the beginning of `text`, or 0.
std::size_t ListMark(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() &&
         std::isdigit(static_cast<unsigned char>(text[end])) != 0) {
    ++end;
  }
  const std::string_view marks = end == 0 ? "-*+" : ".)";
  if (end == text.size() || marks.find(text[end]) == marks.npos) return 0;
  const std::size_t content = text.find_first_not_of(' ', end + 1);
  return content == text.npos || content == end + 1 ? 0 : content;
}

// `[name]: https://...`
bool IsLinkTarget(std::string_view text) {
  return text.starts_with('[') && text.find("]: ") != text.npos;
}

class Reader {
 public:
  std::vector<TextFault> Read(std::string_view text) {
    const std::vector<std::string_view> lines = SplitLines(text);
    std::size_t first = 0;
    if (!lines.empty() && lines[0] == "---") first = BehindFrontMatter(lines);
    for (std::size_t i = first; i < lines.size(); ++i) {
      ReadLine(lines[i], static_cast<int>(i) + 1);
    }
    if (!fence_.empty()) {
      Add(fence_line_, "begins a block of code that no line ends",
          "end it with a line " + fence_);
    }
    return std::move(faults_);
  }

 private:
  static std::size_t BehindFrontMatter(
      const std::vector<std::string_view>& lines) {
    for (std::size_t i = 1; i < lines.size(); ++i) {
      if (lines[i] == "---") return i + 1;
    }
    return 0;
  }

  void Add(int line, std::string what, std::string fix) {
    faults_.push_back({line, std::move(what), std::move(fix)});
  }

  void ReadLine(std::string_view line, int number) {
    const std::string_view text = TrimSpace(line);
    const bool was_fenced = !fence_.empty();
    // A list's item may begin with a block: "3. ```cpp".
    const std::size_t item = was_fenced ? 0 : ListMark(text);
    const bool is_mark = ReadFence(text.substr(item), number);
    if (was_fenced || is_mark) {
      CheckColumns(line, text, kMaxMarkdownColumns, number, faults_);
      begins_ = true;
    } else if (text.empty()) {
      begins_ = true;
    } else {
      ReadProse(line, text, number);
      begins_ = text.starts_with('#');
    }
  }

  // Whether the line begins or ends a fenced block.
  bool ReadFence(std::string_view text, int number) {
    const std::size_t marks =
        text.find_first_not_of(text.starts_with('~') ? '~' : '`');
    const std::size_t length = marks == text.npos ? text.size() : marks;
    if (!fence_.empty()) {
      const bool ends = length == text.size() && text.starts_with(fence_);
      if (ends) fence_.clear();
      return ends;
    }
    if (length < 3 || text.find('`', length) != text.npos) return false;
    fence_ = text.substr(0, length);
    fence_line_ = number;
    return true;
  }

  void ReadProse(std::string_view line, std::string_view text, int number) {
    const std::size_t indent = IndentOf(line);
    if (begins_) {
      while (!lists_.empty() && indent < lists_.back()) lists_.pop_back();
      if (indent >= (lists_.empty() ? 0 : lists_.back()) + kCodeIndent) {
        return Add(number, "holds code as an indented block",
                   "put it between ``` lines, the first with its language");
      }
    }
    const std::size_t mark = ListMark(text);
    if (mark > 0) {
      while (!lists_.empty() && indent < lists_.back()) lists_.pop_back();
      lists_.push_back(indent + mark);
    }
    if (text.starts_with('|') || IsLinkTarget(text)) return;
    const std::string_view content = text.substr(mark);
    const std::size_t words = content.find_first_not_of("#> ");
    if (words == content.npos) return;
    CheckColumns(line, content.substr(words), kMaxMarkdownColumns, number,
                 faults_);
    if (HasGap(WithoutQuoted(content, '`'))) {
      Add(number, "holds columns or code that a formatter has reflowed",
          "put it between ``` lines, laid out as code");
    }
  }

  std::vector<TextFault> faults_;
  std::string fence_;  // what begins the block that is open, or empty
  int fence_line_ = 0;
  bool begins_ = true;  // no paragraph goes on: the next line begins one
  std::vector<std::size_t> lists_;  // columns where the contents of items begin
};

}  // namespace

std::vector<TextFault> FaultsInMarkdown(std::string_view text) {
  return Reader().Read(text);
}

}  // namespace workbook
