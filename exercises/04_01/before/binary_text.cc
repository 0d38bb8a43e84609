// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/binary_text.h"

#include <array>
#include <cstdint>
#include <string>

namespace workbook::before {
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

BufferResult Give(const std::string& made, std::span<char> out) {
  if (made.size() <= out.size()) made.copy(out.data(), made.size());
  return FitsOrNeeds(made.size(), out.size());
}

}  // namespace

BufferResult HexEncode(std::string_view bytes, std::span<char> out) {
  std::string text;
  for (const char c : bytes) {
    text += kHexDigits[Byte(c) >> 4];
    text += kHexDigits[Byte(c) & 15];
  }
  return Give(text, out);
}

BufferResult HexDecode(std::string_view text, std::span<char> out) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (HexValue(text[i]) == kNoDigit) return InvalidAt(i);
    if (i % 2 == 0) continue;
    bytes += static_cast<char>(HexValue(text[i - 1]) * 16 + HexValue(text[i]));
  }
  return text.size() % 2 != 0 ? InvalidAt(text.size()) : Give(bytes, out);
}

BufferResult Base64Encode(std::string_view bytes, std::span<char> out) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string three(bytes.substr(i, 3));
    std::uint32_t group = 0;
    for (std::size_t at = 0; at < 3; ++at) {
      group = group * 256 + (at < three.size() ? Byte(three[at]) : 0);
    }
    for (std::size_t at = 0; at < 4; ++at) {
      const char digit = kBase64Digits[group >> (18 - 6 * at) & 63];
      text += at <= three.size() ? digit : '=';
    }
  }
  return Give(text, out);
}

BufferResult Base64Decode(std::string_view text, std::span<char> out) {
  const std::size_t padding = text.size() % 4 == 0 ? Padding(text) : 0;
  const std::string digits(text.substr(0, text.size() - padding));
  std::string bytes;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (Base64Value(digits[i]) == kNoDigit) return InvalidAt(i);
    bits = bits << 6 | Base64Value(digits[i]);
    if (i % 4 == 0) continue;
    bytes += static_cast<char>(bits >> (6 - 2 * (i % 4)));
  }
  if (text.size() % 4 != 0) return InvalidAt(text.size());
  const std::size_t unused = FindUnusedBits(digits);
  return unused != digits.size() ? InvalidAt(unused) : Give(bytes, out);
}

}  // namespace workbook::before
