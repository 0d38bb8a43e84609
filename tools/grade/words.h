// SPDX-License-Identifier: Apache-2.0

// Words of C++ source, without a compiler.
#ifndef WORKBOOK_TOOLS_GRADE_WORDS_H_
#define WORKBOOK_TOOLS_GRADE_WORDS_H_

#include <cctype>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace workbook::grade {

inline bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Of a name to g++: '$' and bytes of UTF-8 too.
inline bool IsLetter(char c) {
  return IsWord(c) || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

// Calls `use` with each word that starts like an identifier.
template <typename Use>
void ForEachWord(std::string_view text, const Use& use) {
  for (std::size_t i = 0; i < text.size();) {
    if (!IsWord(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && IsWord(text[end])) ++end;
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) {
      use(std::string(text.substr(i, end - i)));
    }
    i = end;
  }
}

// The identifiers of C++ source, those in comments and literals too.
inline std::set<std::string> Words(const std::string& source) {
  std::set<std::string> words;
  ForEachWord(source,
              [&words](std::string word) { words.insert(std::move(word)); });
  return words;
}

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_WORDS_H_
