// SPDX-License-Identifier: Apache-2.0

// Random texts in which words repeat and overlap.
#ifndef WORKBOOK_EXERCISES_03_03_TESTING_SOME_TEXT_H_
#define WORKBOOK_EXERCISES_03_03_TESTING_SOME_TEXT_H_

#include <cstddef>
#include <string>

#include "tools/exercise/testing/random_walk.h"

namespace workbook {

// Returns up to `most` bytes: a few letters, blanks, and a zero byte.
inline std::string SomeText(Random& random, std::size_t most) {
  std::string text(random.Below(most + 1), ' ');
  for (char& letter : text) letter = "ab\0 \t\nAB\xE4"[random.Below(9)];
  return text;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_03_TESTING_SOME_TEXT_H_
