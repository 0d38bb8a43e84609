// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>

namespace workbook::before {

namespace {

BufferResult Give(const std::string& made, std::span<char> out) {
  BufferWriter writer(out);
  writer.Append(made);
  return writer.Finish();
}

// What is left of `text` after its digits.
std::string SkipDigits(std::string text) {
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    text = text.substr(1);
  }
  return text;
}

bool IsInt(std::string text) {
  if (!text.empty() && text[0] == '-') text = text.substr(1);
  return !text.empty() && SkipDigits(text).empty();
}

bool IsDouble(std::string text) {
  if (!text.empty() && text[0] == '-') text = text.substr(1);
  std::string rest = SkipDigits(text);
  std::size_t digits = text.size() - rest.size();
  if (!rest.empty() && rest[0] == '.') {
    rest = rest.substr(1);
    digits += rest.size();
    rest = SkipDigits(rest);
    digits -= rest.size();
  }
  if (digits == 0) return false;
  if (rest.empty()) return true;
  if (rest[0] != 'e' && rest[0] != 'E') return false;
  rest = rest.substr(1);
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    rest = rest.substr(1);
  }
  return !rest.empty() && SkipDigits(rest).empty();
}

bool HasDigitAboveZero(std::string text) {
  text = text.substr(0, text.find_first_of("eE"));
  return text.find_first_of("123456789") != std::string::npos;
}

}  // namespace

Parsed<std::int64_t> ParseInt(std::string_view text) {
  if (!IsInt(std::string(text))) return {ParseStatus::kInvalid, 0};
  std::istringstream stream{std::string(text)};
  std::int64_t value = 0;
  if (!(stream >> value)) return {ParseStatus::kOutOfRange, 0};
  return {ParseStatus::kOk, value};
}

BufferResult FormatInt(std::int64_t value, std::span<char> out) {
  std::ostringstream stream;
  stream << value;
  return Give(stream.str(), out);
}

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
  return Give(text, out);
}

}  // namespace workbook::before
