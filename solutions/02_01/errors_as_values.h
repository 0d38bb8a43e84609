// SPDX-License-Identifier: Apache-2.0

// Errors that are returned: a caller who expects them pays a branch for each,
// and no allocation.
#ifndef WORKBOOK_02_01_ERRORS_AS_VALUES_H_
#define WORKBOOK_02_01_ERRORS_AS_VALUES_H_

#include <cstdint>
#include <string_view>

#include "exercises/02_01/given/result.h"

namespace workbook {

// An address as in "example.org:8080". The host is a view of the text.
struct Endpoint {
  std::string_view host;
  std::uint16_t port = 0;
};

// Reads a port: decimal digits and nothing else, 1 to 65535.
// The error is kEmpty for "", kNotANumber for anything but digits, and
// kOutOfRange for a number that is no port, however many digits it has.
// Cost: O(length); no allocation, whatever the text.
// Thread safety: any thread, for both functions.
Result<std::uint16_t> ParsePort(std::string_view text);

// Reads HOST:PORT, split at the last ':'.
// The error is kNoColon, or kEmpty for an empty host, or that of ParsePort;
// the first of them that applies.
// Cost: O(length); no allocation, whatever the text.
Result<Endpoint> ParseEndpoint(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_02_01_ERRORS_AS_VALUES_H_
