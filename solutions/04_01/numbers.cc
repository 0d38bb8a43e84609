// SPDX-License-Identifier: Apache-2.0

#include "04_01/numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>

namespace workbook {

namespace {

// The longest shortest double is -2.2250738585072014e-308.
constexpr std::size_t kLongestDouble = 24;
constexpr std::size_t kLongestInt = 20;

// from_chars takes what the contract refuses: a prefix, and names.
template <typename Number>
Parsed<Number> ParseWhole(std::string_view text) {
  const char* const end = text.data() + text.size();
  Number value = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (rest != end || error == std::errc::invalid_argument) return {};
  if (error == std::errc::result_out_of_range) {
    return {ParseStatus::kOutOfRange, 0};
  }
  return {ParseStatus::kOk, value};
}

// to_chars does not say how much a number needs that does not fit.
template <std::size_t kLongest, typename Number>
BufferResult FormatWhole(Number value, std::span<char> out) {
  if (out.size() >= kLongest) {
    const auto end = std::to_chars(out.data(), out.data() + kLongest, value);
    return {BufferStatus::kOk, static_cast<std::size_t>(end.ptr - out.data())};
  }
  char text[kLongest];
  const auto end = std::to_chars(text, text + kLongest, value);
  const auto size = static_cast<std::size_t>(end.ptr - text);
  const BufferResult result = FitsOrNeeds(size, out.size());
  if (result.ok()) std::memcpy(out.data(), text, size);
  return result;
}

}  // namespace

Parsed<std::int64_t> ParseInt(std::string_view text) {
  return ParseWhole<std::int64_t>(text);
}

BufferResult FormatInt(std::int64_t value, std::span<char> out) {
  return FormatWhole<kLongestInt>(value, out);
}

Parsed<double> ParseDouble(std::string_view text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  // inf and nan begin with a letter, and nothing else does that it takes.
  if (text.size() > sign && text[sign] > '9') return {};
  return ParseWhole<double>(text);
}

BufferResult FormatDouble(double value, std::span<char> out) {
  return FormatWhole<kLongestDouble>(value, out);
}

}  // namespace workbook
