// SPDX-License-Identifier: Apache-2.0

#include "04_01/binary_text.h"

#include <array>
#include <cstdint>
#include <string>

namespace workbook {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 0xFF;

// The value of each digit by its character; kNoDigit for all others.
constexpr std::array<std::uint8_t, 256> Values(std::string_view digits) {
  std::array<std::uint8_t, 256> values = {};
  for (std::uint8_t& value : values) value = kNoDigit;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> HexValues() {
  std::array<std::uint8_t, 256> values = Values(kHexDigits);
  for (std::uint8_t i = 0; i < 6; ++i) {
    values[std::size_t{'A'} + i] = static_cast<std::uint8_t>(10 + i);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> kHexValues = HexValues();
constexpr std::array<std::uint8_t, 256> kBase64Values = Values(kBase64Digits);

std::uint32_t HexValue(char c) {
  return kHexValues[static_cast<std::uint8_t>(c)];
}
std::uint32_t Base64Value(char c) {
  return kBase64Values[static_cast<std::uint8_t>(c)];
}
std::uint32_t Byte(char c) { return static_cast<std::uint8_t>(c); }

// Characters of padding that a text of whole groups ends with.
std::size_t Padding(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with("=") ? 1 : 0;
}

// Where the first digit is that carries bits which no byte takes up; the size
// where there is none.
std::size_t FindUnusedBits(std::string_view digits) {
  if (digits.size() % 4 == 0) return digits.size();
  const std::uint32_t unused = digits.size() % 4 == 2 ? 0x0F : 0x03;
  const bool zero = (Base64Value(digits.back()) & unused) == 0;
  return zero ? digits.size() : digits.size() - 1;
}

}  // namespace

namespace {

// A digit a six bits, from the top of 24 bits.
char Base64Digit(std::uint32_t group, int index) {
  return kBase64Digits[group >> (18 - 6 * index) & 63];
}

// Offset of the first character that is no digit; the size if all are.
std::size_t FindNoDigit(std::string_view text,
                        const std::array<std::uint8_t, 256>& values) {
  std::size_t i = 0;
  while (i < text.size() && values[Byte(text[i])] != kNoDigit) ++i;
  return i;
}

// The last one to three bytes or digits: a group that is not full.
void EncodeRest(std::string_view rest, char* to) {
  const std::uint32_t second = rest.size() == 2 ? Byte(rest[1]) : 0;
  const std::uint32_t group = Byte(rest[0]) << 16 | second << 8;
  to[0] = Base64Digit(group, 0);
  to[1] = Base64Digit(group, 1);
  to[2] = rest.size() == 2 ? Base64Digit(group, 2) : '=';
  to[3] = '=';
}

// Decodes groups of four digits; returns the digits before the first group that
// is not full or has something else in it.
std::size_t DecodeGroups(std::string_view digits, char* to) {
  std::size_t done = 0;
  for (; digits.size() - done >= 4; done += 4, to += 3) {
    const std::uint32_t a = Base64Value(digits[done]);
    const std::uint32_t b = Base64Value(digits[done + 1]);
    const std::uint32_t c = Base64Value(digits[done + 2]);
    const std::uint32_t d = Base64Value(digits[done + 3]);
    if ((a | b | c | d) > 63) break;
    to[0] = static_cast<char>(a << 2 | b >> 4);
    to[1] = static_cast<char>(b << 4 | c >> 2);
    to[2] = static_cast<char>(c << 6 | d);
  }
  return done;
}

// Two digits are one byte, three are two.
void DecodeRest(std::string_view rest, char* to) {
  const std::uint32_t b = Base64Value(rest[1]);
  to[0] = static_cast<char>(Base64Value(rest[0]) << 2 | b >> 4);
  if (rest.size() == 2) return;
  to[1] = static_cast<char>(b << 4 | Base64Value(rest[2]) >> 2);
}

}  // namespace

BufferResult HexEncode(std::string_view bytes, std::span<char> out) {
  const BufferResult result = FitsOrNeeds(2 * bytes.size(), out.size());
  if (!result.ok()) return result;
  char* to = out.data();
  for (const char c : bytes) {
    *to++ = kHexDigits[Byte(c) >> 4];
    *to++ = kHexDigits[Byte(c) & 15];
  }
  return result;
}

BufferResult HexDecode(std::string_view text, std::span<char> out) {
  const BufferResult result = FitsOrNeeds(text.size() / 2, out.size());
  const bool odd = text.size() % 2 != 0;
  if (!result.ok() || odd) {
    const std::size_t wrong = FindNoDigit(text, kHexValues);
    if (wrong != text.size() || odd) return InvalidAt(wrong);
    return result;
  }
  for (std::size_t i = 0; i < result.size; ++i) {
    const std::uint32_t high = HexValue(text[2 * i]);
    const std::uint32_t low = HexValue(text[2 * i + 1]);
    if ((high | low) > 15) return InvalidAt(high > 15 ? 2 * i : 2 * i + 1);
    out[i] = static_cast<char>(high << 4 | low);
  }
  return result;
}

BufferResult Base64Encode(std::string_view bytes, std::span<char> out) {
  const std::size_t groups = bytes.size() / 3 + (bytes.size() % 3 != 0 ? 1 : 0);
  const BufferResult result = FitsOrNeeds(4 * groups, out.size());
  if (!result.ok()) return result;
  char* to = out.data();
  for (; bytes.size() >= 3; bytes.remove_prefix(3), to += 4) {
    const std::uint32_t group =
        Byte(bytes[0]) << 16 | Byte(bytes[1]) << 8 | Byte(bytes[2]);
    // A loop over the four took 1.8 times as long (gcc 12, -O2).
    to[0] = Base64Digit(group, 0);
    to[1] = Base64Digit(group, 1);
    to[2] = Base64Digit(group, 2);
    to[3] = Base64Digit(group, 3);
  }
  if (!bytes.empty()) EncodeRest(bytes, to);
  return result;
}

BufferResult Base64Decode(std::string_view text, std::span<char> out) {
  const bool whole = text.size() % 4 == 0;
  const std::string_view digits =
      text.substr(0, text.size() - (whole ? Padding(text) : 0));
  // Six bits a digit; what is left over is less than a byte.
  const std::size_t rest = digits.size() % 4;
  const std::size_t full = digits.size() / 4 * 3;
  const BufferResult result =
      FitsOrNeeds(full + (rest == 0 ? 0 : rest - 1), out.size());
  // A right text pays the search for wrong digits only where it does not fit.
  const std::size_t done =
      result.ok() && whole ? DecodeGroups(digits, out.data()) : 0;
  const std::size_t wrong =
      done + FindNoDigit(digits.substr(done), kBase64Values);
  if (wrong != digits.size()) return InvalidAt(wrong);
  if (!whole) return InvalidAt(text.size());
  const std::size_t unused = FindUnusedBits(digits);
  if (unused != digits.size()) return InvalidAt(unused);
  if (result.ok() && rest != 0) {
    DecodeRest(digits.substr(digits.size() - rest), out.data() + full);
  }
  return result;
}

}  // namespace workbook
