// SPDX-License-Identifier: Apache-2.0

// A std::basic_string that counts the bytes it moves.
#ifndef WORKBOOK_EXERCISES_03_03_TESTING_COUNTED_STRING_H_
#define WORKBOOK_EXERCISES_03_03_TESTING_COUNTED_STRING_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace workbook {

// Counts the bytes that a string copies, shifts or fills: a basic_string does
// all of that through its traits, a single byte by assign(to, value). So a byte
// of text counts once each time it is written, alone or with others. A zero
// byte that is written alone is not counted: libstdc++ puts one behind the text
// after each change, and writing by letters would look dearer than it is.
// Thread safety: one thread.
struct CountingTraits : std::char_traits<char> {
  static inline std::int64_t bytes_moved = 0;

  static char* copy(char* to, const char* from, std::size_t count) {
    bytes_moved += static_cast<std::int64_t>(count);
    return std::char_traits<char>::copy(to, from, count);
  }
  static char* move(char* to, const char* from, std::size_t count) {
    bytes_moved += static_cast<std::int64_t>(count);
    return std::char_traits<char>::move(to, from, count);
  }
  static void assign(char& to, const char& value) {
    if (value != '\0') ++bytes_moved;
    to = value;
  }
  static char* assign(char* to, std::size_t count, char value) {
    bytes_moved += static_cast<std::int64_t>(count);
    return std::char_traits<char>::assign(to, count, value);
  }
};

using CountedString = std::basic_string<char, CountingTraits>;

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_03_TESTING_COUNTED_STRING_H_
