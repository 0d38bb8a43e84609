// SPDX-License-Identifier: Apache-2.0

#include "04_01/escapes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>

namespace workbook {
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

constexpr std::string_view kHexDigits = "0123456789abcdef";

// 0: as it is. 'u': \u00xx. Otherwise the letter after the backslash.
constexpr std::array<char, 256> EscapeLetters() {
  std::array<char, 256> letters = {};
  for (std::size_t i = 0; i < 0x20; ++i) letters[i] = 'u';
  for (std::size_t i = 0; i < kPlain.size(); ++i) {
    if (kPlain[i] == '/') continue;  // may be escaped, need not be
    letters[static_cast<std::uint8_t>(kPlain[i])] = kLetters[i];
  }
  return letters;
}

constexpr std::array<char, 256> kEscapeLetters = EscapeLetters();

char EscapeLetter(char c) {
  return kEscapeLetters[static_cast<std::uint8_t>(c)];
}

// From `at` on, the first character that is not as it is.
std::size_t PlainEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && EscapeLetter(text[at]) == 0) ++at;
  return at;
}

}  // namespace

BufferResult UrlDecode(std::string_view text, std::span<char> out) {
  BufferWriter writer(out);
  for (std::size_t at = 0;;) {
    const std::size_t percent = std::min(text.find('%', at), text.size());
    writer.Append(text.substr(at, percent - at));
    if (percent == text.size()) return writer.Finish();
    if (text.size() - percent < 3) return InvalidAt(percent);
    const int high = HexValue(text[percent + 1]);
    const int low = HexValue(text[percent + 2]);
    if (high < 0 || low < 0) return InvalidAt(percent);
    writer.Append(static_cast<char>(high * 16 + low));
    at = percent + 3;
  }
}

BufferResult JsonEscape(std::string_view text, std::span<char> out) {
  BufferWriter writer(out);
  for (std::size_t at = 0;; ++at) {
    const std::size_t end = PlainEnd(text, at);
    writer.Append(text.substr(at, end - at));
    if (end == text.size()) return writer.Finish();
    at = end;
    writer.Append('\\');
    writer.Append(EscapeLetter(text[at]));
    if (EscapeLetter(text[at]) != 'u') continue;
    writer.Append("00");
    writer.Append(kHexDigits[static_cast<std::uint8_t>(text[at]) >> 4]);
    writer.Append(kHexDigits[text[at] & 15]);
  }
}

BufferResult JsonUnescape(std::string_view text, std::span<char> out) {
  BufferWriter writer(out);
  for (std::size_t at = 0;;) {
    const std::size_t end = PlainEnd(text, at);
    writer.Append(text.substr(at, end - at));
    if (end == text.size()) return writer.Finish();
    if (text[end] != '\\') return InvalidAt(end);
    const JsonEscapeSequence escape = ReadEscape(text.substr(end));
    if (escape.length == 0) return InvalidAt(end);
    writer.Append(escape.text.view());
    at = end + escape.length;
  }
}

}  // namespace workbook
