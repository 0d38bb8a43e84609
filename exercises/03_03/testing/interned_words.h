// SPDX-License-Identifier: Apache-2.0

// Words that tests intern, and how they look for them again.
#ifndef WORKBOOK_EXERCISES_03_03_TESTING_INTERNED_WORDS_H_
#define WORKBOOK_EXERCISES_03_03_TESTING_INTERNED_WORDS_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "03_03/interner.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {

inline std::uint32_t NumberOf(Symbol symbol) {
  return static_cast<std::uint32_t>(symbol);
}

// Returns "word 7", with dots behind it up to `size_bytes`.
inline std::string Word(std::size_t number, std::size_t size_bytes = 0) {
  std::string word = "word " + std::to_string(number);
  if (word.size() < size_bytes) word.resize(size_bytes, '.');
  return word;
}

// Expects that `interner` has the first `count` words, under the numbers from
// 0 on.
inline void ExpectWords(const Interner& interner, std::size_t count,
                        const char* file = __builtin_FILE(),
                        int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  ASSERT_EQ(interner.size(), count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto symbol = static_cast<Symbol>(i);
    ASSERT_EQ(interner.TextOf(symbol), Word(i)) << "text of symbol " << i;
    ASSERT_EQ(interner.Find(Word(i)), symbol) << "symbol of " << Word(i);
  }
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_03_TESTING_INTERNED_WORDS_H_
