// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/source_text.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace workbook {
namespace {

// Blanks [begin, end) of `text`, but for line ends.
void Blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

// Whether the quote at `at` separates digits: the word before it begins with
// one.
bool IsDigitSeparator(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 &&
         (IsWordCharacter(text[begin - 1]) || text[begin - 1] == '\'')) {
    --begin;
  }
  return begin < at &&
         std::isdigit(static_cast<unsigned char>(text[begin])) != 0;
}

// Where the literal that begins with the quote at `at` ends, behind its quote.
std::size_t EndOfQuoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return i + 1;
    }
  }
  return text.size();
}

std::size_t EndOfRawString(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  if (open == text.npos) return text.size();
  const std::string close =
      ")" + std::string(text.substr(at + 1, open - at - 1)) + "\"";
  const std::size_t end = text.find(close, open);
  return end == text.npos ? text.size() : end + close.size();
}

std::size_t EndOfComment(std::string_view text, std::size_t at) {
  const bool is_line = text[at + 1] == '/';
  const std::size_t end = text.find(is_line ? "\n" : "*/", at + 2);
  if (end == text.npos) return text.size();
  return is_line ? end : end + 2;
}

}  // namespace

std::string BlankLiterals(std::string_view text) {
  std::string blanked(text);
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    if (text[at] == '/' && at + 1 < text.size() &&
        (text[at + 1] == '/' || text[at + 1] == '*')) {
      end = EndOfComment(text, at);
    } else if (text[at] == '"') {
      const bool is_raw = at > 0 && text[at - 1] == 'R';
      end = is_raw ? EndOfRawString(text, at) : EndOfQuoted(text, at);
    } else if (text[at] == '\'' && !IsDigitSeparator(text, at)) {
      end = EndOfQuoted(text, at);
    }
    Blank(blanked, at, end);
    at = std::max(at + 1, end);
  }
  return blanked;
}

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::string WithoutTemplateArguments(std::string_view text) {
  std::string plain;
  std::vector<std::size_t> open;  // where each `<` stands in `plain`
  for (const char c : text) {
    if (c == '<' && !plain.empty() && IsWordCharacter(plain.back())) {
      open.push_back(plain.size());
    } else if (c == '>' && !open.empty()) {
      plain.resize(open.back());
      open.pop_back();
      continue;
    }
    plain += c;
  }
  return plain;
}

}  // namespace workbook
