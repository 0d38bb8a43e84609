// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/code_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

bool IsDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

// Where what begins at `at` ends, which is no code; `at` where it is code.
std::size_t EndOfText(std::string_view source, std::size_t at) {
  const std::string_view rest = source.substr(at);
  if (rest.starts_with("//")) {
    return std::min(source.find('\n', at), source.size());
  }
  if (rest.starts_with("/*")) {
    const std::size_t end = source.find("*/", at + 2);
    return end == std::string_view::npos ? source.size() : end + 2;
  }
  const char quote = source[at];
  // The separator of 1'000.
  const bool is_separator = quote == '\'' && at > 0 && IsDigit(source[at - 1]);
  if ((quote != '"' && quote != '\'') || is_separator) return at;
  std::size_t end = at + 1;
  while (end < source.size() && source[end] != quote && source[end] != '\n') {
    end += source[end] == '\\' ? std::size_t{2} : std::size_t{1};
  }
  return std::min(end + 1, source.size());
}

// "Allocate" of "void* Pool::Allocate(int n) const"; "" of what is no head.
std::string NameOfHead(std::string_view head) {
  constexpr std::array<std::string_view, 6> kNoFunctions = {
      "if", "for", "while", "switch", "catch", "requires"};
  const std::size_t bracket = head.find('(');
  if (bracket == std::string_view::npos) return {};
  std::size_t end = bracket;
  while (end > 0 && head[end - 1] == ' ') --end;
  std::size_t begin = end;
  while (begin > 0 && IsIdentifierByte(head[begin - 1])) --begin;
  const std::string_view name = head.substr(begin, end - begin);
  return std::find(kNoFunctions.begin(), kNoFunctions.end(), name) ==
                 kNoFunctions.end()
             ? std::string(name)
             : "";
}

}  // namespace

bool IsIdentifierByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool IsUpper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

std::string OnlyCode(std::string_view source) {
  std::string code(source);
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t end = EndOfText(source, at);
    for (std::size_t i = at; i < end; ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return code;
}

std::set<std::string> IdentifiersOf(std::string_view code) {
  std::set<std::string> names;
  for (std::size_t at = 0; at < code.size();) {
    std::size_t end = at;
    while (end < code.size() && IsIdentifierByte(code[end])) ++end;
    if (end > at && !IsDigit(code[at]))
      names.emplace(code.substr(at, end - at));
    at = std::max(end, at + 1);
  }
  return names;
}

std::string FunctionAround(std::string_view source, int line) {
  const std::string code = OnlyCode(source);
  std::vector<std::string> heads;  // of the blocks that are open
  std::string head;
  int at_line = 1;
  for (std::size_t i = 0; i < code.size() && at_line <= line; ++i) {
    const char c = code[i];
    if (c == '{') {
      // An error in a head has the place of one of its lines.
      if (at_line == line && !NameOfHead(head).empty()) return NameOfHead(head);
      heads.push_back(std::exchange(head, {}));
    } else if (c == '}' && !heads.empty()) {
      // A constructor's initializer ends, and its head goes on.
      const std::size_t next = code.find_first_not_of(" \n", i + 1);
      const bool goes_on =
          next != std::string::npos && (code[next] == '{' || code[next] == ',');
      head = goes_on ? std::move(heads.back()) : "";
      heads.pop_back();
    } else if (c == ';') {
      head.clear();
    } else {
      head += c == '\n' ? ' ' : c;
    }
    if (c == '\n') ++at_line;
  }
  for (auto each = heads.rbegin(); each != heads.rend(); ++each) {
    if (std::string name = NameOfHead(*each); !name.empty()) return name;
  }
  return NameOfHead(head);
}

std::string MemoryOrderAt(std::string_view source, int line) {
  constexpr std::string_view kOrder = "memory_order";
  const std::string code = OnlyCode(source);
  const auto lines = SplitLines(code);
  for (auto i = static_cast<std::size_t>(std::max(line, 1) - 1);
       i < lines.size(); ++i) {
    const std::size_t at = lines[i].find(kOrder);
    if (at == std::string_view::npos) {
      if (lines[i].find(';') != std::string_view::npos) return {};
      continue;
    }
    std::size_t end = at + kOrder.size();
    while (end < lines[i].size() &&
           (IsIdentifierByte(lines[i][end]) || lines[i][end] == ':')) {
      ++end;
    }
    return std::string(lines[i].substr(at, end - at));
  }
  return {};
}

}  // namespace workbook::cli
