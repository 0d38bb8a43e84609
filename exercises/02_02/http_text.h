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

// Returns the text with its escapes decoded; `good` becomes false where they
// can't be.
inline std::string Decoded(const std::string& text, bool plus_is_space,
                           bool& good) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? HexValue(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexValue(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        good = false;
        return "";
      }
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') good = false;
    decoded += c;
  }
  return decoded;
}

}  // namespace http_text
}  // namespace workbook

#endif  // WORKBOOK_02_02_HTTP_TEXT_H_
