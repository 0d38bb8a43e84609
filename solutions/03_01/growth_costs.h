// SPDX-License-Identifier: Apache-2.0

// What growth costs an array that one append after another fills.
#ifndef WORKBOOK_03_01_GROWTH_COSTS_H_
#define WORKBOOK_03_01_GROWTH_COSTS_H_

#include <cstddef>

namespace workbook {

// Chooses the capacity of the next block of an array that is full.
// `element_bytes` is the size of one element; some rules need it.
// REQUIRES: `required` > `capacity`. The result is at least `required`.
using GrowthRule = std::size_t (*)(std::size_t capacity, std::size_t required,
                                   std::size_t element_bytes);

// The rule of std::vector in libstdc++ and libc++.
struct Doubling {
  // Returns twice the capacity, or `required` where that is more.
  // REQUIRES: `required` > `capacity`; twice the capacity fits a std::size_t.
  // Cost: O(1), no allocation.
  // Thread safety: any thread, for every function of this file.
  // Source: libstdc++, bits/stl_vector.h, _M_check_len.
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t element_bytes);
};

// The rule of `v.reserve(v.size() + 1)`: no room to spare.
struct ExactFit {
  // Returns `required`. Given.
  // Cost: O(1), no allocation.
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t element_bytes);
};

struct GrowthCosts {
  std::size_t allocations = 0;  // blocks, the first one among them
  std::size_t bytes_moved = 0;  // from old blocks to new ones
  std::size_t peak_bytes = 0;   // the most bytes of blocks alive at one time
};

// Computes what `count` appends cost an array that begins without a block.
// An append that finds the array full asks `rule` for a capacity, allocates a
// block of it, moves every element there and only then frees the old block.
// Eight appends of 4-byte elements by Doubling take blocks for 1, 2, 4 and 8
// elements: 4 allocations, 4 + 8 + 16 bytes moved, a peak of 16 + 32 bytes.
// Cost: O(count), no allocation.
GrowthCosts CostsOfAppending(std::size_t count, std::size_t element_bytes,
                             GrowthRule rule);

}  // namespace workbook

#endif  // WORKBOOK_03_01_GROWTH_COSTS_H_
