// SPDX-License-Identifier: Apache-2.0

#include "04_01/numbers.h"

#include <charconv>
#include <cstring>
#include <sstream>
#include <string>

namespace workbook {

Parsed<std::int64_t> ParseInt(std::string_view text) {
  const char* const end = text.data() + text.size();
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  // from_chars takes a prefix, too.
  if (rest != end || error == std::errc::invalid_argument) return {};
  const bool is_out = error == std::errc::result_out_of_range;
  return {is_out ? ParseStatus::kOutOfRange : ParseStatus::kOk, value};
}

BufferResult FormatInt(std::int64_t value, std::span<char> out) {
  // to_chars does not say how much a number needs that does not fit.
  char text[20];  // -9223372036854775808
  const char* const end = std::to_chars(text, std::end(text), value).ptr;
  const auto size = static_cast<std::size_t>(end - text);
  if (size <= out.size()) std::memcpy(out.data(), text, size);
  return FitsOrNeeds(size, out.size());
}

}  // namespace workbook
