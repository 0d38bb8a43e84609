// SPDX-License-Identifier: Apache-2.0

#include "01_01/kept_spans.h"

namespace workbook {

bool KeptSpans::Put(Span* span, PageHeap& heap) {
  heap.Free(span);
  return true;
}

void KeptSpans::Flush(PageHeap&) {}

}  // namespace workbook
