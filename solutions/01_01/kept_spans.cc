// SPDX-License-Identifier: Apache-2.0

#include "01_01/kept_spans.h"

namespace workbook {

// Returns the span of the slot, which is kept no more.
Span* KeptSpans::Forget(std::size_t slot) {
  Span* const span = spans_[slot];
  bytes_ -= span->Bytes();
  --count_;
  for (; slot < count_; ++slot) spans_[slot] = spans_[slot + 1];
  span->is_kept = false;
  return span;
}

Span* KeptSpans::Take(std::size_t pages) {
  for (std::size_t i = count_; i > 0; --i) {
    if (spans_[i - 1]->pages == pages) return Forget(i - 1);
  }
  return nullptr;
}

bool KeptSpans::PutIntoRoom(Span* span, PageHeap& heap) {
  while (count_ == kSlots || bytes_ + span->Bytes() > kMaxBytes) {
    heap.Free(Forget(0));
  }
  return Put(span, heap);
}

void KeptSpans::Flush(PageHeap& heap) {
  while (count_ > 0) heap.Free(Forget(count_ - 1));
}

}  // namespace workbook
