// SPDX-License-Identifier: Apache-2.0

// Giving memory back without taking it again at once.
#ifndef WORKBOOK_03_01_SHRINKING_H_
#define WORKBOOK_03_01_SHRINKING_H_

#include <algorithm>
#include <cstddef>
#include <new>

#include "03_01/dyn_array.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Blocks of so many elements or fewer are never made smaller.
inline constexpr std::size_t kMinShrunkCapacity = 8;

// Returns the capacity that an array of `capacity` should have once a removal
// has left it `size` elements: `capacity` itself, or less. Keeps two promises:
// 1. The result is at most 4 * size, or kMinShrunkCapacity where that is more,
//    or `capacity` where that is at most kMinShrunkCapacity.
// 2. After the array has shrunk to r, neither direction moves it soon. Appends
//    have room: r is at least size + size / 4. Removals keep the block: for any
//    size s above size - size / 4, CapacityAfterRemoval(s, r) is r.
// REQUIRES: `size` <= `capacity`.
// Cost: O(1), no allocation.
// Thread safety: any thread.
inline std::size_t CapacityAfterRemoval(std::size_t size,
                                        std::size_t capacity) {
  Todo("03_01 task 7: CapacityAfterRemoval");
}

// Destroys the last element, and puts the others into a block of
// CapacityAfterRemoval where that is less than the capacity.
// REQUIRES: array.size() > 0.
// Cost: amortised O(1); an allocation only when the capacity changes.
// Thread safety: none.
// On failure: where Reallocate throws std::bad_alloc, the array keeps its block
// and nothing is thrown: a block too large is no reason to fail a removal.
template <class T, class Policy>
void PopBackAndShrink(DynArray<T, Policy>& array) {
  Todo("03_01 task 7: PopBackAndShrink");
}

}  // namespace workbook

#endif  // WORKBOOK_03_01_SHRINKING_H_
