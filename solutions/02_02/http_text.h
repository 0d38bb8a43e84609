// SPDX-License-Identifier: Apache-2.0

// The characters of HTTP, and %-escapes decoded: what reading a request and
// writing its response have in common.
// Thread safety: plain functions, any thread.
#ifndef WORKBOOK_02_02_HTTP_TEXT_H_
#define WORKBOOK_02_02_HTTP_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace workbook {
// Inline, because each is called for every byte.
namespace http_text {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }

inline bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

inline char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Returns the value of a hexadecimal digit, or -1.
inline int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Takes the next byte off `text`, its escape decoded; -1 for a wrong escape.
// REQUIRES: `text` is not empty.
inline int TakeDecoded(std::string_view& text, bool plus_is_space) {
  const char c = text[0];
  if (c != '%') {
    text.remove_prefix(1);
    return c == '+' && plus_is_space ? ' ' : static_cast<unsigned char>(c);
  }
  const int high = text.size() > 2 ? HexValue(text[1]) : -1;
  const int low = text.size() > 2 ? HexValue(text[2]) : -1;
  if (high < 0 || low < 0) return -1;
  text.remove_prefix(3);
  return high * 16 + low;
}

}  // namespace http_text
}  // namespace workbook

#endif  // WORKBOOK_02_02_HTTP_TEXT_H_
