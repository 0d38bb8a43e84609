// SPDX-License-Identifier: Apache-2.0

#include "04_01/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

namespace workbook {
namespace {

std::uint32_t Byte(char c) { return static_cast<std::uint8_t>(c); }

bool IsContinuation(char c) { return Byte(c) >> 6 == 2; }

// Length of the well-formed sequence at the start of `text`; 0 if there is
// none.
// REQUIRES: text is not empty.
std::size_t SequenceLength(std::string_view text) {
  const std::uint32_t lead = Byte(text[0]);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (const char c : text.substr(1, length - 1)) {
    if (!IsContinuation(c)) return 0;
  }
  // The second byte decides about overlong forms, surrogates and the end.
  const std::uint32_t second = Byte(text[1]);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
      (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

}  // namespace

// Decodes a copy of the text to see whether it can.
std::size_t FindInvalidUtf8(std::string_view text) {
  const std::string copy(text);
  std::u32string decoded;
  std::size_t at = 0;
  while (at < copy.size()) {
    const std::size_t length =
        SequenceLength(std::string_view(copy).substr(at));
    if (length == 0) break;
    char32_t code_point =
        Byte(copy[at]) & (length == 1 ? 0x7Fu : 0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
      code_point = code_point << 6 | (Byte(copy[at + i]) & 0x3F);
    }
    decoded.push_back(code_point);
    at += length;
  }
  return at;
}

}  // namespace workbook
