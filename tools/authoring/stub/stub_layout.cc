// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/stub_layout.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "tools/authoring/stub/source_text.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kTodoInclude = "#include \"tools/exercise/todo.h\"";
constexpr std::size_t kColumns = 80;

bool IsAccessSpecifier(std::string_view line) {
  return line == "public:" || line == "private:" || line == "protected:";
}

// Where clang-format (Google) keeps no blank line.
bool TakesNoBlankAfter(std::string_view line) {
  return line.empty() || IsAccessSpecifier(line) ||
         (line.ends_with('{') && !line.starts_with("namespace") &&
          !line.starts_with("extern"));
}
bool TakesNoBlankBefore(std::string_view line) {
  return line.starts_with('}') && line.find("namespace") == line.npos;
}

Lines TidyBlankLines(const Lines& lines) {
  Lines tidy;
  std::string_view previous;  // empty at the head of the file
  bool blank_waits = false;
  for (const std::string& line : lines) {
    const std::string_view content = TrimSpace(line);
    if (content.empty()) {
      blank_waits = true;
      continue;
    }
    if (blank_waits && !TakesNoBlankAfter(previous) &&
        !TakesNoBlankBefore(content)) {
      tidy.emplace_back();
    }
    blank_waits = false;
    tidy.push_back(line);
    previous = content;
  }
  return tidy;
}

// A line after which a declaration begins: what follows is the whole head of it
// and not the rest of one that was broken.
bool EndsBefore(std::string_view line) {
  return line.empty() || line.starts_with("//") || line.starts_with('#') ||
         IsAccessSpecifier(line) || line.ends_with(';') ||
         line.ends_with('}') || line.ends_with('{');
}

bool IsWholeHead(const std::string& line) {
  return line.ends_with(") {") || line.ends_with(") const {");
}

Lines JoinShortStubs(const Lines& lines) {
  Lines joined;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    joined.push_back(lines[i]);
    const std::string_view before = i > 0 ? TrimSpace(lines[i - 1]) : "";
    if (i + 2 >= lines.size() || !EndsBefore(before) ||
        !IsWholeHead(lines[i])) {
      continue;
    }
    const std::string_view body = TrimSpace(lines[i + 1]);
    const std::size_t width = lines[i].size() + body.size() + 3;
    if (body.starts_with("Todo(") && body.ends_with(");") &&
        TrimSpace(lines[i + 2]) == "}" && width <= kColumns) {
      joined.back() += " " + std::string(body) + " }";
      i += 2;
    }
  }
  return joined;
}

// A head that its `{` has made too long: all parameters on the next line.
Lines BreakLongHeads(const Lines& lines) {
  Lines broken;
  for (const std::string& line : lines) {
    const std::size_t open = line.find('(');
    if (line.size() <= kColumns || !IsWholeHead(line) || open == line.npos) {
      broken.push_back(line);
      continue;
    }
    const std::size_t indent = line.find_first_not_of(' ');
    broken.push_back(line.substr(0, open + 1));
    broken.push_back(std::string(indent + 4, ' ') + line.substr(open + 1));
  }
  return broken;
}

bool IsQuotedInclude(std::string_view line) {
  return line.starts_with("#include \"");
}

// Behind the last line that begins with `start`, or 0.
std::size_t BehindLast(const Lines& lines, std::string_view start) {
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (lines[i].starts_with(start)) return i + 1;
  }
  return 0;
}

// The first line that includes anything; that of a source is its own header.
std::size_t FirstInclude(const Lines& lines) {
  return static_cast<std::size_t>(std::find_if(lines.begin(), lines.end(),
                                               [](const std::string& line) {
                                                 return line.starts_with(
                                                     "#include ");
                                               }) -
                                  lines.begin());
}

// Into the last block of quoted includes, in order; a source's own header is a
// block of its own. Else behind all other includes, or behind the guard.
void IncludeTodo(Lines& lines) {
  const bool uses_todo = std::any_of(
      lines.begin(), lines.end(),
      [](const std::string& line) { return line.find("Todo(") != line.npos; });
  if (!uses_todo ||
      std::find(lines.begin(), lines.end(), kTodoInclude) != lines.end()) {
    return;
  }
  const std::size_t quoted = BehindLast(lines, "#include \"");
  const std::size_t system = BehindLast(lines, "#include <");
  std::size_t at = std::max(quoted, system);
  const bool is_own_header = FirstInclude(lines) + 1 == quoted;
  if (quoted > system && !is_own_header) {
    while (at > 0 && IsQuotedInclude(lines[at - 1]) &&
           lines[at - 1] > kTodoInclude) {
      --at;
    }
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at),
                 std::string(kTodoInclude));
    return;
  }
  if (at == 0) at = BehindLast(lines, "#define ");
  lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at),
               {"", std::string(kTodoInclude)});
  if (at + 2 < lines.size() && !lines[at + 2].empty()) {
    lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at) + 2, "");
  }
}

}  // namespace

std::string LayOutStub(const std::string& text) {
  Lines lines;
  for (const std::string_view line : SplitLines(text)) lines.emplace_back(line);
  IncludeTodo(lines);
  return JoinLines(JoinShortStubs(BreakLongHeads(TidyBlankLines(lines))));
}

}  // namespace workbook
