// SPDX-License-Identifier: Apache-2.0

#include "04_01/numbers.h"

#include <charconv>
#include <cstring>
#include <sstream>
#include <string>

namespace workbook {
namespace {

bool IsInt(const std::string& text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  return text.size() > sign &&
         text.find_first_not_of("0123456789", sign) == std::string::npos;
}

}  // namespace

Parsed<std::int64_t> ParseInt(std::string_view text) {
  const std::string copy(text);
  if (!IsInt(copy)) return {ParseStatus::kInvalid, 0};
  std::istringstream stream(copy);
  std::int64_t value = 0;
  if (!(stream >> value)) return {ParseStatus::kOutOfRange, 0};
  return {ParseStatus::kOk, value};
}

BufferResult FormatInt(std::int64_t value, std::span<char> out) {
  std::ostringstream stream;
  stream << value;
  const std::string text = stream.str();
  if (text.size() <= out.size()) text.copy(out.data(), text.size());
  return FitsOrNeeds(text.size(), out.size());
}

}  // namespace workbook
