// SPDX-License-Identifier: Apache-2.0

#include "02_01/errors_as_values.h"

#include <charconv>
#include <system_error>

namespace workbook {

Result<std::uint16_t> ParsePort(std::string_view text) {
  if (text.empty()) return ParseError::kEmpty;
  if (text.find_first_not_of("0123456789") != std::string_view::npos) {
    return ParseError::kNotANumber;
  }
  std::uint16_t port = 0;
  const auto read =
      std::from_chars(text.data(), text.data() + text.size(), port);
  if (read.ec != std::errc() || port == 0) return ParseError::kOutOfRange;
  return port;
}

Result<Endpoint> ParseEndpoint(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return ParseError::kNoColon;
  if (colon == 0) return ParseError::kEmpty;
  const Result<std::uint16_t> port = ParsePort(text.substr(colon + 1));
  if (!port.ok()) return port.error();
  return Endpoint{.host = text.substr(0, colon), .port = port.value()};
}

}  // namespace workbook
