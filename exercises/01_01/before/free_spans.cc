// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/before/free_spans.h"

namespace workbook::before {

void FreeSpans::Add(Span* span) {
  span->fresh_begin = span->fresh_end = 0;
  used_.Add(span);
  ++spans_;
  bytes_ += span->Bytes();
}

void FreeSpans::Remove(Span* span) {
  used_.Remove(span);
  --spans_;
  bytes_ -= span->Bytes();
}

Span* FreeSpans::BestFit(std::size_t pages) const {
  return used_.BestFit(pages);
}

void FreeSpans::Cut(Span* span, Span* rest) {
  span->fresh_begin = span->fresh_end = 0;
  rest->fresh_begin = rest->fresh_end = 0;
}

void FreeSpans::Join(Span* span, const Span*) {
  span->fresh_begin = span->fresh_end = 0;
}

std::size_t FreeSpans::Scavenge(std::size_t) { return 0; }

void FreeSpans::KeepWithinBound(std::size_t) {}

}  // namespace workbook::before
