// SPDX-License-Identifier: Apache-2.0

#include "04_01/doubles.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string>

namespace workbook {

Parsed<double> ParseDouble(std::string_view text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  // inf and nan begin with a letter, and nothing else does that it takes.
  if (text.size() > sign && text[sign] > '9') return {};
  const char* const end = text.data() + text.size();
  double value = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (rest != end || error == std::errc::invalid_argument) return {};
  if (error != std::errc()) return {ParseStatus::kOutOfRange, 0};
  return {ParseStatus::kOk, value};
}

BufferResult FormatDouble(double value, std::span<char> out) {
  char text[24];  // -2.2250738585072014e-308
  const char* const end = std::to_chars(text, std::end(text), value).ptr;
  const auto size = static_cast<std::size_t>(end - text);
  if (size <= out.size()) std::memcpy(out.data(), text, size);
  return FitsOrNeeds(size, out.size());
}

}  // namespace workbook
