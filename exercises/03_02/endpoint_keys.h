// SPDX-License-Identifier: Apache-2.0

// Look-up by a view of a key, where the key itself owns memory.
#ifndef WORKBOOK_03_02_ENDPOINT_KEYS_H_
#define WORKBOOK_03_02_ENDPOINT_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "03_02/flat_map.h"

namespace workbook {

// What a parser has: a view into its input.
struct EndpointView {
  std::string_view host;
  std::uint16_t port = 0;

  friend bool operator==(const EndpointView&, const EndpointView&) = default;
};

// What a map keeps.
struct Endpoint {
  explicit Endpoint(EndpointView view) : host(view.host), port(view.port) {}

  // Lets an endpoint be passed wherever a view of it is asked for.
  // Cost: O(1), no allocation.
  operator EndpointView() const { return {host, port}; }

  std::string host;
  std::uint16_t port = 0;
};

// Hashes an endpoint and a view of it to the same number. Every letter of the
// host and every bit of the port have their part in all bits of it: maps take
// its word that it need not be mixed. MixedBits of given/hashing.h mixes.
// Thread safety: any thread, as for EndpointEqual.
struct EndpointHash {
  using is_avalanching = void;

  // Returns the hash of what `view` shows.
  // Cost: O(length of the host), no allocation.
  std::size_t operator()(EndpointView view) const;
};

// Compares an endpoint with an endpoint or a view.
struct EndpointEqual {
  // Returns whether host and port are the same.
  // Cost: O(length of the host), no allocation.
  bool operator()(EndpointView a, EndpointView b) const;
};

using RequestCounts =
    FlatMap<Endpoint, std::uint64_t, EndpointHash, EndpointEqual>;

// Counts one request more for `endpoint`.
// Cost: no allocation for an endpoint that is there; for a new one the text of
// its host, and that of TryEmplace.
// Thread safety: none.
// On failure: std::bad_alloc; the counts are as before.
void CountRequest(RequestCounts& counts, EndpointView endpoint);

}  // namespace workbook

#endif  // WORKBOOK_03_02_ENDPOINT_KEYS_H_
