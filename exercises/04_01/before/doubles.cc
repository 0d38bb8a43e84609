// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/doubles.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>

namespace workbook::before {
namespace {

// Where the digits end that begin at `at`.
std::size_t SkipDigits(const std::string& text, std::size_t at) {
  return std::min(text.find_first_not_of("0123456789", at), text.size());
}

bool IsDouble(const std::string& text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  std::size_t at = SkipDigits(text, sign);
  std::size_t digits = at - sign;
  if (text[at] == '.') {
    const std::size_t point = at;
    at = SkipDigits(text, point + 1);
    digits += at - point - 1;
  }
  if (digits == 0) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  if (text[at + 1] == '-' || text[at + 1] == '+') ++at;
  return at + 1 < text.size() && SkipDigits(text, at + 1) == text.size();
}

bool HasDigitAboveZero(const std::string& text) {
  return text.substr(0, text.find_first_of("eE")).find_first_of("123456789") !=
         std::string::npos;
}

}  // namespace

Parsed<double> ParseDouble(std::string_view text) {
  const std::string copy(text);
  if (!IsDouble(copy)) return {ParseStatus::kInvalid, 0};
  const double value = std::strtod(copy.c_str(), nullptr);
  const bool vanished = value == 0 && HasDigitAboveZero(copy);
  if (std::isinf(value) || vanished) return {ParseStatus::kOutOfRange, 0};
  return {ParseStatus::kOk, value};
}

BufferResult FormatDouble(double value, std::span<char> out) {
  std::string text(400, ' ');
  const auto end = std::to_chars(text.data(), text.data() + 400, value);
  text.resize(static_cast<std::size_t>(end.ptr - text.data()));
  if (text.size() <= out.size()) text.copy(out.data(), text.size());
  return FitsOrNeeds(text.size(), out.size());
}

}  // namespace workbook::before
