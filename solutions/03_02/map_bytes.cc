// SPDX-License-Identifier: Apache-2.0

#include "03_02/map_bytes.h"

namespace workbook {

std::size_t NodeBytes(NodeShape shape) {
  const std::size_t bytes =
      sizeof(void*) + shape.entry_bytes +
      // The hash is a std::size_t: what lies before it is filled up to 8.
      (shape.keeps_hash ? sizeof(std::size_t) : std::size_t{0});
  return (bytes + 7) / 8 * 8;
}

HeapUse NodeMapUse(std::size_t count, std::size_t buckets, NodeShape shape) {
  HeapUse use{count, count * NodeBytes(shape)};
  if (buckets > 1) {
    ++use.blocks;
    use.bytes += buckets * sizeof(void*);
  }
  return use;
}

std::size_t FlatCapacity(std::size_t count) {
  if (count == 0) return 0;
  std::size_t capacity = 16;
  while (capacity - capacity / 8 < count) capacity *= 2;
  return capacity;
}

HeapUse FlatMapUse(std::size_t capacity, std::size_t entry_bytes) {
  if (capacity == 0) return {};
  return {1, capacity * (entry_bytes + 1) + capacity / 8 + 16};
}

}  // namespace workbook
