// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/test_body.h"

#include <algorithm>
#include <vector>

#include "tools/text/text_file.h"
#include "tools/workbook/code_text.h"

namespace workbook::cli {
namespace {

using Lines = std::vector<std::string_view>;

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;  // behind the last line
};

std::string Joined(const Lines& lines, Range range) {
  std::string text;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    text += lines[i];
    text += '\n';
  }
  return text;
}

std::size_t Indentation(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// The block whose head begins at line `begin`: up to its closing bracket, which
// clang-format puts below the head's first letter.
Range BlockAt(const Lines& lines, std::size_t begin) {
  const std::size_t depth = Indentation(lines[begin]);
  std::size_t end = begin;
  while (end < lines.size()) {
    const std::string_view line = lines[end++];
    const bool is_one_line = end == begin + 1 && TrimSpace(line).ends_with('}');
    if (is_one_line || (TrimSpace(line) == "}" && Indentation(line) == depth)) {
      break;
    }
  }
  return {begin, end};
}

// "Sizes/Suite/0" holds "Suite".
bool HasPart(std::string_view path, const std::string& part) {
  const std::string padded = "/" + std::string(path) + "/";
  return padded.find("/" + part + "/") != std::string::npos;
}

// The test; empty where the source has none of that name.
Range FindTest(const Lines& lines, std::string_view full_name) {
  const std::size_t dot = full_name.find('.');
  if (dot == std::string_view::npos) return {};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!lines[i].starts_with("TEST") && !lines[i].starts_with("TYPED_TEST")) {
      continue;
    }
    const std::string head = Joined(lines, {i, std::min(i + 2, lines.size())});
    const std::size_t open = head.find('(');
    const std::size_t comma = head.find(',');
    const std::size_t close = head.find(')');
    if (open > comma || comma > close || close == std::string::npos) continue;
    const std::string_view view = head;
    const std::string suite(TrimSpace(view.substr(open + 1, comma - open - 1)));
    const std::string name(
        TrimSpace(view.substr(comma + 1, close - comma - 1)));
    if (HasPart(full_name.substr(0, dot), suite) &&
        HasPart(full_name.substr(dot + 1), name)) {
      return BlockAt(lines, i);
    }
  }
  return {};
}

bool EndsAStatement(std::string_view line) {
  line = TrimSpace(line);
  return line.empty() || line.ends_with(';') || line.ends_with('{') ||
         line.ends_with('}');
}

// The lines of the statement at line `at`: compilers differ in which of them
// they report.
Range StatementAt(const Lines& lines, std::size_t at, Range test) {
  Range range{at, at};
  while (range.begin > test.begin && !EndsAStatement(lines[range.begin - 1])) {
    --range.begin;
  }
  while (range.end < test.end && !EndsAStatement(lines[range.end])) ++range.end;
  range.end = std::min(range.end + 1, test.end);
  return range;
}

// The body of the function `name` that `lines` define outside of tests; empty
// where there is none.
Range FindFunction(const Lines& lines, const std::string& name) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    const std::size_t at = line.find(" " + name + "(");
    // A call has no type before its name, and a declaration no body.
    if (at == std::string_view::npos || at < Indentation(line) ||
        line.find('=') < at || line.ends_with(';') ||
        TrimSpace(line).starts_with("return ")) {
      continue;
    }
    return BlockAt(lines, i);
  }
  return {};
}

}  // namespace

TestNames NamesInTest(std::string_view source, std::string_view full_name,
                      int line) {
  const std::string code = OnlyCode(source);
  const Lines lines = SplitLines(code);
  const Range test = FindTest(lines, full_name);
  TestNames names;
  if (test.end == 0) return names;
  names.is_found = true;
  const auto at = static_cast<std::size_t>(std::max(line, 1) - 1);
  if (line > 0 && at >= test.begin && at < test.end) {
    names.statement =
        IdentifiersOf(Joined(lines, StatementAt(lines, at, test)));
  }
  names.body = IdentifiersOf(Joined(lines, test));
  std::vector<std::string> open(names.body.begin(), names.body.end());
  while (!open.empty()) {
    const std::string name = std::move(open.back());
    open.pop_back();
    for (const std::string& more :
         IdentifiersOf(Joined(lines, FindFunction(lines, name)))) {
      if (names.body.insert(more).second) open.push_back(more);
    }
  }
  return names;
}

}  // namespace workbook::cli
