// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/before/kept_spans.h"

namespace workbook::before {

bool KeptSpans::Put(Span* span, PageHeap& heap) {
  heap.Free(span);
  return true;
}

void KeptSpans::Flush(PageHeap&) {}

}  // namespace workbook::before
