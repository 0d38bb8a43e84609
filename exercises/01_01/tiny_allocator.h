// SPDX-License-Identifier: Apache-2.0

// Objects below 16 bytes that hold no pointer share blocks of 16 bytes.
#ifndef WORKBOOK_01_01_TINY_ALLOCATOR_H_
#define WORKBOOK_01_01_TINY_ALLOCATOR_H_

#include <cstddef>
#include <cstdint>

#include "01_01/page_heap.h"

namespace workbook {

// Go's tiny allocator, with the explicit free that Go's collector does not
// need: a count of live objects for each block, in a table beside the span.
//
// Invariants: a block goes back when its last object has died, unless it is the
// current one, which is then filled from its start again; an empty span goes
// back.
class TinyAllocator {
 public:
  struct Statistics {
    std::size_t objects = 0;  // alive
    std::size_t blocks = 0;   // of 16 bytes, in use
    std::size_t spans = 0;
  };

  constexpr TinyAllocator(PageHeap& heap, PageMap& map)
      : heap_(heap), map_(map) {}

  // Returns room for an object, aligned to 8, 4, 2 or 1, whichever divides
  // `bytes`.
  // REQUIRES: 1 <= bytes < kTinyBlockBytes; no pointer in it that a leak
  // checker should follow.
  // Cost: O(1), no allocation; one page for 512 blocks, 512 bytes of counts.
  // Thread safety: none.
  // On failure: nullptr, and nothing has changed.
  // Source: Go's mallocgc: of two blocks, the one with more room stays current.
  void* Allocate(std::size_t bytes);

  // Takes an object back.
  // REQUIRES: a live object of this allocator; not necessarily its first byte.
  void Deallocate(void* object);

  Statistics GetStatistics() const { return statistics_; }

 private:
  // Your data members.

  PageHeap& heap_;
  PageMap& map_;
  Statistics statistics_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_TINY_ALLOCATOR_H_
