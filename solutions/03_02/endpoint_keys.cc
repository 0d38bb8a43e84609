#include "03_02/endpoint_keys.h"

#include <functional>

#include "exercises/03_02/given/hashing.h"

namespace workbook {

std::size_t EndpointHash::operator()(EndpointView view) const {
  const std::size_t host = std::hash<std::string_view>()(view.host);
  // Mixed before it is added: a sum alone would make neighbours of ports
  // neighbours in the table, and some pairs of endpoints equal.
  return MixedBits(host + MixedBits(view.port));
}

bool EndpointEqual::operator()(EndpointView a, EndpointView b) const {
  return a == b;
}

void CountRequest(RequestCounts& counts, EndpointView endpoint) {
  ++*counts.TryEmplace(endpoint, std::uint64_t{0}).first;
}

}  // namespace workbook
