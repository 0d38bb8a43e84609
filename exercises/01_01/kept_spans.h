// SPDX-License-Identifier: Apache-2.0

// Large blocks that a thread has just freed.
#ifndef WORKBOOK_01_01_KEPT_SPANS_H_
#define WORKBOOK_01_01_KEPT_SPANS_H_

#include <array>
#include <cstddef>

#include "01_01/page_heap.h"

namespace workbook {

// Large spans that a thread has just freed and may soon ask for again. Without
// it each 64 KiB buffer takes the page heap's lock, splits a span and joins it.
//
// Invariant: at most kSlots spans, of kMaxPages each and kMaxBytes in all; they
// count as in use.
// Thread safety: one thread.
//
// As it begins: it keeps none, and each span goes to the heap at once.
class KeptSpans {
 public:
  static constexpr std::size_t kMaxPages = (std::size_t{1} << 20) / kPageBytes;
  static constexpr std::size_t kMaxBytes = std::size_t{2} << 20;
  static constexpr std::size_t kSlots = 4;

  constexpr KeptSpans() = default;

  // Returns the newest span of exactly `pages`, which is kept no more, or
  // nullptr.
  // Cost: O(kSlots), no lock.
  Span* Take(std::size_t pages);
  // Does what Take does where the newest span is as long; else nullptr. It
  // calls nothing: malloc tries it before it saves a register.
  Span* TakeNewest(std::size_t pages);

  // Keeps a span; its pages count as used, since its owner has written to them.
  // While there is no room, the oldest goes to the heap. False: it is kept
  // already, which is a double free, and nothing has changed.
  // REQUIRES: the span is in use, large, and at most kMaxPages long.
  // Cost: O(kSlots), no lock, and a PageHeap::Free for each span that has to
  // make room.
  bool Put(Span* span, PageHeap& heap);

  // Gives all spans to the heap.
  void Flush(PageHeap& heap);
};

inline Span* KeptSpans::Take(std::size_t) { return nullptr; }

inline Span* KeptSpans::TakeNewest(std::size_t) { return nullptr; }

}  // namespace workbook

#endif  // WORKBOOK_01_01_KEPT_SPANS_H_
