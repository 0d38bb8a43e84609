// SPDX-License-Identifier: Apache-2.0

#include "03_01/growth_policies.h"

#include <algorithm>

namespace workbook {

std::size_t GoBlockBytes(std::size_t size_bytes) {
  if (size_bytes > kGoSizeClassBytes.back()) {
    return (size_bytes + kGoPageBytes - 1) / kGoPageBytes * kGoPageBytes;
  }
  return *std::lower_bound(kGoSizeClassBytes.begin(), kGoSizeClassBytes.end(),
                           size_bytes);
}

std::size_t OneAndAHalf::NextCapacity(std::size_t capacity,
                                      std::size_t required,
                                      std::size_t /*element_bytes*/) {
  return std::max(required, capacity + capacity / 2);
}

std::size_t GoBefore118::NextCapacity(std::size_t capacity,
                                      std::size_t required,
                                      std::size_t element_bytes) {
  std::size_t next = required;
  if (required <= 2 * capacity) {
    next = capacity < 1024 ? 2 * capacity : capacity;
    while (next < required) next += next / 4;
  }
  return GoBlockBytes(next * element_bytes) / element_bytes;
}

std::size_t GoSince118::NextCapacity(std::size_t capacity, std::size_t required,
                                     std::size_t element_bytes) {
  std::size_t next = required;
  if (required <= 2 * capacity) {
    next = capacity < 256 ? 2 * capacity : capacity;
    while (next < required) next += (next + 3 * 256) / 4;
  }
  return GoBlockBytes(next * element_bytes) / element_bytes;
}

}  // namespace workbook
