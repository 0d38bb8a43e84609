// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/escapes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>

namespace workbook::before {
namespace {

// 0 to 15, or -1.
int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// The letter after the backslash for each of these, in the order of `kPlain`.
constexpr std::string_view kPlain = "\"\\/\b\f\n\r\t";
constexpr std::string_view kLetters = "\"\\/bfnrt";

bool IsHighSurrogate(std::uint32_t unit) { return unit >> 10 == 0xD800 >> 10; }
bool IsLowSurrogate(std::uint32_t unit) { return unit >> 10 == 0xDC00 >> 10; }

// A text of one character, in UTF-8.
struct Utf8 {
  std::array<char, 4> bytes = {};
  std::size_t size = 0;
  std::string_view view() const { return {bytes.data(), size}; }
};

// REQUIRES: code_point is at most 0x10FFFF and no surrogate.
Utf8 EncodeUtf8(std::uint32_t code_point) {
  Utf8 text;
  if (code_point < 0x80) {
    text.bytes[text.size++] = static_cast<char>(code_point);
    return text;
  }
  int shift = code_point < 0x800 ? 6 : code_point < 0x10000 ? 12 : 18;
  const std::uint32_t mark = shift == 6 ? 0xC0 : shift == 12 ? 0xE0 : 0xF0;
  text.bytes[text.size++] = static_cast<char>(mark | code_point >> shift);
  while (shift > 0) {
    shift -= 6;
    text.bytes[text.size++] =
        static_cast<char>(0x80 | (code_point >> shift & 0x3F));
  }
  return text;
}

// The value of the \uXXXX at the start of `text`, or -1.
std::int32_t ReadUnit(std::string_view text) {
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return -1;
  std::int32_t unit = 0;
  for (const char c : text.substr(2, 4)) {
    const int digit = HexValue(c);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

// What the escape at the start of `text` stands for; its length is 0 where it
// is wrong.
struct JsonEscapeSequence {
  Utf8 text;
  std::size_t length = 0;
};

JsonEscapeSequence ReadEscape(std::string_view text) {
  JsonEscapeSequence escape;
  if (text.size() < 2) return escape;
  const std::size_t letter = kLetters.find(text[1]);
  if (letter != std::string_view::npos) {
    return {EncodeUtf8(static_cast<std::uint32_t>(kPlain[letter])), 2};
  }
  const std::int32_t unit = ReadUnit(text);
  if (unit < 0) return escape;
  const auto first = static_cast<std::uint32_t>(unit);
  if (IsLowSurrogate(first)) return escape;
  if (!IsHighSurrogate(first)) return {EncodeUtf8(first), 6};
  const std::int32_t next = ReadUnit(text.substr(6));
  if (next < 0 || !IsLowSurrogate(static_cast<std::uint32_t>(next))) {
    return escape;
  }
  const std::uint32_t second = static_cast<std::uint32_t>(next) & 0x3FF;
  return {EncodeUtf8(0x10000 + ((first & 0x3FF) << 10) + second), 12};
}

}  // namespace

namespace {

bool MustBeEscaped(char c) {
  return static_cast<std::uint8_t>(c) < 0x20 || c == '"' || c == '\\';
}

BufferResult Give(const std::string& made, std::span<char> out) {
  if (made.size() <= out.size()) made.copy(out.data(), made.size());
  return FitsOrNeeds(made.size(), out.size());
}

}  // namespace

BufferResult UrlDecode(std::string_view text, std::span<char> out) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const std::string digits(text.substr(i + 1, 2));
    if (digits.size() != 2 || HexValue(digits[0]) < 0 ||
        HexValue(digits[1]) < 0) {
      return InvalidAt(i);
    }
    decoded += static_cast<char>(std::stoi(digits, nullptr, 16));
    i += 2;
  }
  return Give(decoded, out);
}

BufferResult JsonEscape(std::string_view text, std::span<char> out) {
  std::ostringstream escaped;
  for (const char c : text) {
    const std::size_t letter = c == '/' ? kPlain.npos : kPlain.find(c);
    if (letter != kPlain.npos) {
      escaped << '\\' << kLetters[letter];
    } else if (MustBeEscaped(c)) {
      escaped << "\\u" << std::hex << std::setw(4) << std::setfill('0')
              << static_cast<int>(c);
    } else {
      escaped << c;
    }
  }
  return Give(escaped.str(), out);
}

BufferResult JsonUnescape(std::string_view text, std::span<char> out) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      if (MustBeEscaped(text[at])) return InvalidAt(at);
      plain += text[at++];
      continue;
    }
    const JsonEscapeSequence escape = ReadEscape(std::string(text.substr(at)));
    if (escape.length == 0) return InvalidAt(at);
    plain += std::string(escape.text.view());
    at += escape.length;
  }
  return Give(plain, out);
}

}  // namespace workbook::before
