// SPDX-License-Identifier: Apache-2.0

#include "03_02/endpoint_keys.h"

#include <functional>

#include "exercises/03_02/given/hashing.h"

namespace workbook {

std::size_t EndpointHash::operator()(EndpointView view) const {
  const std::size_t host = std::hash<std::string_view>()(view.host);
  // A sum alone would leave neighbouring ports neighbours in the table.
  return MixedBits(host + MixedBits(view.port));
}

bool EndpointEqual::operator()(EndpointView a, EndpointView b) const {
  return a == b;
}

void CountRequest(RequestCounts& counts, EndpointView endpoint) {
  ++*counts.TryEmplace(endpoint, std::uint64_t{0}).first;
}

}  // namespace workbook
