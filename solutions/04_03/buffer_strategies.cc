// SPDX-License-Identifier: Apache-2.0

#include "04_03/buffer_strategies.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <vector>

namespace workbook {

std::size_t PowerOfTwoCapacity(std::size_t size_bytes) {
  return std::bit_ceil(size_bytes);
}

std::size_t ClassCapacity(std::span<const std::size_t> classes,
                          std::size_t size_bytes) {
  const auto found = std::ranges::lower_bound(classes, size_bytes);
  return found == classes.end() ? size_bytes : *found;
}

PoolFigures PlayPool(const RequestTrace& trace, const CapacityRule& rule,
                     std::size_t max_idle_bytes) {
  struct Lent {
    std::size_t size_bytes;
    std::size_t capacity_bytes;
  };
  PoolMeter meter;
  std::vector<Lent> lent(trace.buffers);
  std::map<std::size_t, std::uint64_t> idle;  // buffers by capacity
  for (const BufferEvent& event : trace.events) {
    auto& [size_bytes, capacity_bytes] = lent[event.buffer];
    if (event.IsRequest()) {
      size_bytes = event.size_bytes;
      capacity_bytes = rule(size_bytes);
      std::uint64_t& count = idle[capacity_bytes];
      if (count > 0) {
        --count;
        meter.Hit(size_bytes, capacity_bytes);
      } else {
        meter.Miss(size_bytes, capacity_bytes);
      }
    } else if (capacity_bytes <= max_idle_bytes - meter.Now().idle) {
      ++idle[capacity_bytes];
      meter.Keep(size_bytes, capacity_bytes);
    } else {
      meter.Drop(size_bytes, capacity_bytes);
    }
  }
  return meter.Figures();
}

}  // namespace workbook
