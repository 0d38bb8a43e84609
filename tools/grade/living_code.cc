// SPDX-License-Identifier: Apache-2.0

// What of a file's tokens the preprocessor keeps, as far as that is plain.
#include <algorithm>
#include <cstddef>
#include <utility>

#include "tools/grade/tokens.h"
#include "tools/grade/words.h"

namespace workbook::grade {
namespace {

// "if" of "if defined(A)". A backslash may begin one more letter of the name.
std::string DirectiveName(const std::string& line) {
  const auto end = std::find_if_not(line.begin(), line.end(), [](char c) {
    return IsLetter(c) || c == '\\';
  });
  return {line.begin(), end};
}

bool IsZero(const std::string& condition) {
  const std::size_t first = condition.find_first_not_of(" \t\v\f\r");
  return first != std::string::npos && condition.substr(first) == "0";
}

}  // namespace

std::vector<Token> TokensOfLivingCode(const std::string& text) {
  std::vector<Token> living;
  int depth = 0;  // of conditions, the `#if 0` itself is 1
  ForEachToken(text, [&living, &depth](const Token& token) {
    if (token.kind == TokenKind::kDirective) {
      const std::string name = DirectiveName(token.text);
      const bool begins = name == "if" || name == "ifdef" || name == "ifndef";
      if (depth == 0) {
        if (name == "if" && IsZero(token.text.substr(2))) depth = 1;
      } else if (begins) {
        ++depth;
      } else if (name == "endif" || (depth == 1 && name.starts_with("el"))) {
        --depth;
        return;
      }
    }
    if (depth == 0) living.push_back(token);
  });
  return living;
}

std::vector<Token> JoinStrings(std::vector<Token> tokens) {
  std::vector<Token> joined;
  for (Token& token : tokens) {
    if (token.kind == TokenKind::kString && !joined.empty() &&
        joined.back().kind == TokenKind::kString) {
      joined.back().text += token.text;
    } else {
      joined.push_back(std::move(token));
    }
  }
  return joined;
}

}  // namespace workbook::grade
