// SPDX-License-Identifier: Apache-2.0

#include "01_01/kept_spans.h"

namespace workbook {

bool KeptSpans::PutIntoRoom(Span* span, PageHeap& heap) {
  while (count_ == kSlots || bytes_ + span->Bytes() > kMaxBytes) {
    Span* const oldest = spans_[0];
    Forget(0);
    heap.Free(oldest);
  }
  return Put(span, heap);
}

void KeptSpans::Flush(PageHeap& heap) {
  while (count_ > 0) {
    Span* const span = spans_[count_ - 1];
    Forget(count_ - 1);
    heap.Free(span);
  }
}

}  // namespace workbook
