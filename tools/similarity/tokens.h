// SPDX-License-Identifier: Apache-2.0

// C++ source as the tokens that a copy keeps.
#ifndef WORKBOOK_TOOLS_SIMILARITY_TOKENS_H_
#define WORKBOOK_TOOLS_SIMILARITY_TOKENS_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook::similarity {

// A keyword or an operator as it is written; "i" for any other name, "1" for
// any number, "\"\"" for any string and "'a'" for any character: what a copier
// changes first is not looked at.
struct Token {
  std::string text;
  int line = 0;  // 1-based
};

// The tokens of `source` without comments, layout, #include and #pragma. Other
// directives count as their words: code may hide in a macro. Never fails: a
// comment, string or raw string without end goes to the end of the text, and
// bytes that are no C++ are skipped.
// Cost: one pass; about 40 bytes of memory a token. Thread safety: any thread.
std::vector<Token> Tokenize(std::string_view source);

}  // namespace workbook::similarity

#endif  // WORKBOOK_TOOLS_SIMILARITY_TOKENS_H_
