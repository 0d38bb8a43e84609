// SPDX-License-Identifier: Apache-2.0

// C++ source as the compiler's first phases see it: comments and spliced lines
// gone, literals whole.
#ifndef WORKBOOK_TOOLS_GRADE_TOKENS_H_
#define WORKBOOK_TOOLS_GRADE_TOKENS_H_

#include <functional>
#include <string>
#include <vector>

namespace workbook::grade {

enum class TokenKind {
  kName,       // an identifier or a keyword
  kString,     // what stands between the quotation marks, escapes as written
  kDirective,  // a directive's line behind the #, comments as one blank
  kOther,      // one character, a number or a character literal
};

struct Token {
  TokenKind kind = TokenKind::kOther;
  std::string text;
  bool in_directive = false;  // behind a kDirective, on its line
};

// Calls `use` with each token of a source file, or of what `g++ -E` writes of
// it: lexed as g++ does in C++20 (no trigraphs; raw strings keep spliced lines;
// a literal without an end goes to the end of its line). Names may hold bytes
// of UTF-8.
// Cost: one pass, and a copy of the text. Thread safety: any thread.
void ForEachToken(const std::string& text,
                  const std::function<void(const Token&)>& use);

// All of them but what stands between `#if 0` and its #else, #elif or #endif.
std::vector<Token> TokensOfLivingCode(const std::string& text);

// Strings that follow each other become one, as in the compiler.
std::vector<Token> JoinStrings(std::vector<Token> tokens);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_TOKENS_H_
