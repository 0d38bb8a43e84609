// SPDX-License-Identifier: Apache-2.0

// What a map of nodes and a flat map ask the heap for, entry by entry.
#ifndef WORKBOOK_03_02_MAP_BYTES_H_
#define WORKBOOK_03_02_MAP_BYTES_H_

#include <cstddef>
#include <cstdint>

#include "tools/exercise/todo.h"
#include "tools/probe/probe.h"

namespace workbook {

// Blocks that are alive, and their bytes as they were asked for.
struct HeapUse {
  std::size_t blocks = 0;
  std::size_t bytes = 0;

  friend bool operator==(const HeapUse&, const HeapUse&) = default;
};

// How std::unordered_map stores an entry.
struct NodeShape {
  std::size_t entry_bytes = 0;  // sizeof(std::pair<const Key, Value>)
  bool keeps_hash = false;      // true for keys whose hash is slow, as of text
};

// Returns the bytes of one node: a pointer to the next node, the entry, and the
// hash if it is kept; the whole rounded up to a multiple of 8.
// REQUIRES: no part of the entry is aligned to more than 8 bytes.
// Cost: O(1), no allocation, as for every computation here.
// Thread safety: any thread, for every function of this file.
// Source: libstdc++, bits/hashtable_policy.h, _Hash_node.
std::size_t NodeBytes(NodeShape shape);

// Computes what a std::unordered_map of `count` entries has on the heap: a node
// for each entry, and one array of `buckets` pointers. A map that has never had
// an entry has one bucket, and that lies inside the map.
HeapUse NodeMapUse(std::size_t count, std::size_t buckets, NodeShape shape);

// Returns how many slots a flat map needs for `count` entries: the smallest
// power of two from 16 on of which `count` is at most seven eighths. No slots
// for no entries.
// REQUIRES: `count` is at most 2^60.
// Source: the load of Abseil's Swiss tables.
std::size_t FlatCapacity(std::size_t count);

// Computes what a flat map with `capacity` slots has on the heap: one block, in
// which each slot has `entry_bytes`, a control byte and an overflow bit, and 16
// bytes more for reading on at the end. No block for no slots.
HeapUse FlatMapUse(std::size_t capacity, std::size_t entry_bytes);

// Calls `build`, and measures what the object that it returns has on the heap.
// What `build` allocates and frees again on its way does not count.
// REQUIRES: `build` frees no block that was there before it was called.
// Cost: that of `build`.
// On failure: what `build` throws.
template <class Build>
HeapUse MeasuredUse(Build build) {
  Todo("03_02 task 2: MeasuredUse");
}

}  // namespace workbook

#endif  // WORKBOOK_03_02_MAP_BYTES_H_
