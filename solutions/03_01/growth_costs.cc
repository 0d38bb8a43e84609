// SPDX-License-Identifier: Apache-2.0

#include "03_01/growth_costs.h"

#include <algorithm>

namespace workbook {

std::size_t Doubling::NextCapacity(std::size_t capacity, std::size_t required,
                                   std::size_t /*element_bytes*/) {
  return std::max(required, 2 * capacity);
}

// [given]
std::size_t ExactFit::NextCapacity(std::size_t /*capacity*/,
                                   std::size_t required,
                                   std::size_t /*element_bytes*/) {
  return required;
}

GrowthCosts CostsOfAppending(std::size_t count, std::size_t element_bytes,
                             GrowthRule rule) {
  GrowthCosts costs;
  std::size_t capacity = 0;
  for (std::size_t size = 0; size < count; ++size) {
    if (size < capacity) continue;
    const std::size_t next = rule(capacity, size + 1, element_bytes);
    ++costs.allocations;
    costs.bytes_moved += size * element_bytes;
    costs.peak_bytes =
        std::max(costs.peak_bytes, (capacity + next) * element_bytes);
    capacity = next;
  }
  return costs;
}

}  // namespace workbook
