// SPDX-License-Identifier: Apache-2.0

#include "01_01/free_spans.h"

#include <algorithm>

namespace workbook {

SpanBins& FreeSpans::BinsOf(const Span* span) {
  if (span->FreshPages() == 0) return used_;
  return span->FreshPages() == span->pages ? fresh_ : mixed_;
}

void FreeSpans::Add(Span* span) {
  BinsOf(span).Add(span);
  ++spans_;
  bytes_ += span->Bytes();
  discarded_bytes_ += span->FreshPages() << kPageShift;
}

void FreeSpans::Remove(Span* span) {
  BinsOf(span).Remove(span);
  --spans_;
  bytes_ -= span->Bytes();
  discarded_bytes_ -= span->FreshPages() << kPageShift;
}

Span* FreeSpans::BestFit(std::size_t pages) const {
  for (const SpanBins* bins : {&used_, &mixed_, &fresh_}) {
    Span* const span = bins->BestFit(pages);
    if (span != nullptr) return span;
  }
  return nullptr;
}

void FreeSpans::Cut(Span* span, Span* rest) {
  const std::size_t pages = span->pages;
  rest->fresh_begin = std::max(span->fresh_begin, pages) - pages;
  rest->fresh_end = std::max(span->fresh_end, pages) - pages;
  span->fresh_begin = std::min(span->fresh_begin, pages);
  span->fresh_end = std::min(span->fresh_end, pages);
}

void FreeSpans::Join(Span* span, const Span* behind) {
  const std::size_t begin = span->pages + behind->fresh_begin;
  const std::size_t end = span->pages + behind->fresh_end;
  if (span->FreshPages() > 0 && span->fresh_end == begin) {
    span->fresh_end = end;
  } else if (behind->FreshPages() > span->FreshPages()) {
    span->fresh_begin = begin;
    span->fresh_end = end;
  }
}

// What is before the fresh pages, and what is behind them. Pages are fresh only
// where the source says so. Returns the pages discarded.
std::size_t FreeSpans::DiscardUsed(Span* span) {
  const auto discarded = [&](std::size_t begin, std::size_t end) {
    return begin == end ||
           source_.Discard(
               reinterpret_cast<void*>(span->Start() + (begin << kPageShift)),
               (end - begin) << kPageShift);
  };
  const std::size_t fresh_before = span->FreshPages();
  if (discarded(0, span->fresh_begin)) span->fresh_begin = 0;
  if (discarded(span->fresh_end, span->pages)) span->fresh_end = span->pages;
  return span->FreshPages() - fresh_before;
}

std::size_t FreeSpans::Scavenge(std::size_t keep_bytes) {
  std::size_t discarded_pages = 0;
  SpanList refused;  // apart, or the longest would be tried again forever
  for (SpanBins* bins : {&used_, &mixed_}) {
    while (UsedBytes() > keep_bytes) {
      Span* const span = bins->Longest();
      if (span == nullptr) break;
      Remove(span);
      discarded_pages += DiscardUsed(span);
      if (span->FreshPages() == span->pages) {
        Add(span);
      } else {
        refused.PushFront(span);
      }
    }
  }
  const std::size_t others = UsedBytes();
  while (!refused.Empty()) {
    Span* const span = refused.First();
    refused.Remove(span);
    Add(span);
  }
  refused_bytes_ = UsedBytes() - others;
  return discarded_pages << kPageShift;
}

void FreeSpans::KeepWithinBound(std::size_t in_use_bytes) {
  const std::size_t idle_bytes =
      UsedBytes() - std::min(refused_bytes_, UsedBytes());
  const std::size_t keep_bytes = bound_.Keep(in_use_bytes, idle_bytes);
  if (keep_bytes < idle_bytes) bound_.NoteDiscarded(Scavenge(keep_bytes));
}

}  // namespace workbook
