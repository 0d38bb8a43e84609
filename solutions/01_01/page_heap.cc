// SPDX-License-Identifier: Apache-2.0

#include "01_01/page_heap.h"

#include <algorithm>

namespace workbook {

// Spans are made in pairs at most (head and tail of an aligned one), and made
// sure of before anything changes, so that a refusal leaves the heap as it was.
bool PageHeap::ReserveSpans(std::size_t count) {
  constexpr std::size_t kSpansATime = 64;
  while (spare_count_ < count) {
    auto* const spans =
        static_cast<Span*>(arena_.Allocate(kSpansATime * sizeof(Span)));
    if (spans == nullptr) return false;
    for (std::size_t i = 0; i < kSpansATime; ++i) RecycleSpan(&spans[i]);
  }
  return true;
}

Span* PageHeap::NewSpan(std::uintptr_t first_page, std::size_t pages) {
  Span* const span = spare_spans_;
  spare_spans_ = span->next;
  --spare_count_;
  void* const side_table = span->side_table;  // a tiny span's: used again
  *span = Span{};
  span->side_table = side_table;
  span->first_page = first_page;
  span->pages = pages;
  return span;
}

void PageHeap::RecycleSpan(Span* span) {
  span->next = spare_spans_;
  spare_spans_ = span;
  ++spare_count_;
}

// Apart: a fresh span that fits exactly is no reason to leave used pages idle.
SpanBins& PageHeap::BinsOf(const Span* span) {
  if (span->FreshPages() == 0) return used_;
  return span->FreshPages() == span->pages ? fresh_ : mixed_;
}

void PageHeap::AddFree(Span* span) {
  span->state = Span::State::kFree;
  BinsOf(span).Add(span);
  statistics_.discarded_bytes += span->FreshPages() << kPageShift;
  statistics_.free_bytes += span->Bytes();
  ++statistics_.free_spans;
  map_.SetEnds(span);
}

void PageHeap::RemoveFree(Span* span) {
  BinsOf(span).Remove(span);
  statistics_.free_bytes -= span->Bytes();
  statistics_.discarded_bytes -= span->FreshPages() << kPageShift;
  --statistics_.free_spans;
}

void PageHeap::NoteFootprint() {
  footprint_bytes_.store(statistics_.mapped_bytes - statistics_.discarded_bytes,
                         std::memory_order_relaxed);
}

Span* PageHeap::BestFit(std::size_t pages) const {
  for (const SpanBins* bins : {&used_, &mixed_, &fresh_}) {
    Span* const span = bins->BestFit(pages);
    if (span != nullptr) return span;
  }
  return nullptr;
}

bool PageHeap::GrowBy(std::size_t pages) {
  const std::size_t needed = pages << kPageShift;
  std::size_t bytes =
      std::max({needed, kGrowBytes,
                statistics_.mapped_bytes / 8 / kPageBytes * kPageBytes});
  if (!ReserveSpans(3)) return false;
  void* memory = source_.Map(bytes);
  if (memory == nullptr && bytes > needed) memory = source_.Map(bytes = needed);
  if (memory == nullptr) return false;
  const std::uintptr_t first =
      reinterpret_cast<std::uintptr_t>(memory) >> kPageShift;
  // Without a leaf the pages can't be used. They are lost: addresses, not
  // memory, since nothing has touched them.
  if (!map_.Prepare(first, bytes >> kPageShift, arena_)) return false;
  ++statistics_.maps;
  statistics_.mapped_bytes += bytes;
  Span* const span = NewSpan(first, bytes >> kPageShift);
  span->fresh_end = span->pages;
  AddFree(JoinNeighbours(span));
  return true;
}

// Shortens a span that is in no list; returns what was behind.
Span* PageHeap::Cut(Span* span, std::size_t pages) {
  Span* const rest = NewSpan(span->first_page + pages, span->pages - pages);
  rest->fresh_begin = std::max(span->fresh_begin, pages) - pages;
  rest->fresh_end = std::max(span->fresh_end, pages) - pages;
  span->fresh_begin = std::min(span->fresh_begin, pages);
  span->fresh_end = std::min(span->fresh_end, pages);
  span->pages = pages;
  return rest;
}

// Makes `span` that of both; `behind` is in no list, and is gone afterwards.
void PageHeap::Join(Span* span, Span* behind) {
  const std::size_t begin = span->pages + behind->fresh_begin;
  const std::size_t end = span->pages + behind->fresh_end;
  if (span->FreshPages() > 0 && span->fresh_end == begin) {
    span->fresh_end = end;
  } else if (behind->FreshPages() > span->FreshPages()) {
    span->fresh_begin = begin;
    span->fresh_end = end;
  }
  span->pages += behind->pages;
  RecycleSpan(behind);
}

// Returns the span that is free now, in no list.
Span* PageHeap::JoinNeighbours(Span* span) {
  Span* const behind = map_.SpanOfPage(span->first_page + span->pages);
  if (behind != nullptr && behind->state == Span::State::kFree) {
    RemoveFree(behind);
    Join(span, behind);
  }
  Span* const before = map_.SpanOfPage(span->first_page - 1);
  if (before == nullptr || before->state != Span::State::kFree) return span;
  RemoveFree(before);
  Join(before, span);
  return before;
}

// What is before the fresh pages, and what is behind them. Pages are fresh only
// where the source says so. Returns the pages discarded.
std::size_t PageHeap::DiscardUsed(Span* span) {
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

std::size_t PageHeap::ScavengeLocked(std::size_t keep_bytes) {
  std::size_t discarded_pages = 0;
  SpanList refused;  // apart, or the longest would be tried again for ever
  for (SpanBins* bins : {&used_, &mixed_}) {
    while (ResidentFreeBytes() > keep_bytes) {
      Span* const span = bins->Longest();
      if (span == nullptr) break;
      RemoveFree(span);
      discarded_pages += DiscardUsed(span);
      if (span->FreshPages() == span->pages) {
        AddFree(span);
      } else {
        refused.PushFront(span);
      }
    }
  }
  const std::size_t others = ResidentFreeBytes();
  while (!refused.Empty()) {
    Span* const span = refused.First();
    refused.Remove(span);
    AddFree(span);
  }
  refused_bytes_ = ResidentFreeBytes() - others;
  NoteFootprint();
  return discarded_pages << kPageShift;
}

// The best fit, cut to size, in no list.
Span* PageHeap::TakeFree(std::size_t pages, std::size_t alignment_pages,
                         Pages from) {
  if (!ReserveSpans(2)) return nullptr;
  const std::size_t needed = pages + alignment_pages - 1;
  Span* span = BestFit(needed);
  if (from == Pages::kUsed && (span == nullptr || UsedInFront(span) < needed)) {
    return nullptr;
  }
  if (span == nullptr) {
    if (!GrowBy(needed)) return nullptr;
    span = BestFit(needed);
  }
  RemoveFree(span);
  const std::size_t head =
      (alignment_pages - span->first_page) & (alignment_pages - 1);
  if (head > 0) {
    Span* const aligned = Cut(span, head);
    AddFree(span);
    span = aligned;
  }
  if (span->pages > pages) AddFree(Cut(span, pages));
  return span;
}

Span* PageHeap::Allocate(std::size_t pages, std::size_t alignment_pages,
                         std::size_t size_class, Pages from) {
  constexpr std::size_t kMaxPages = std::size_t{1} << (47 - kPageShift);
  if (pages > kMaxPages || alignment_pages > kMaxPages) return nullptr;
  const MutexLock lock(mutex_);
  Span* const span = TakeFree(pages, alignment_pages, from);
  if (span == nullptr) return nullptr;
  span->size_class = static_cast<std::uint8_t>(size_class);
  // Under the lock, since a neighbour that is freed looks at both.
  if (size_class != 0) {
    span->state =
        size_class == kTinyClass ? Span::State::kTiny : Span::State::kSmall;
    map_.SetAll(span, size_class);
  } else {
    span->state = Span::State::kLarge;
    map_.SetEnds(span);
  }
  NoteFootprint();
  statistics_.in_use_bytes += span->Bytes();
  ++statistics_.allocations;
  return span;
}

void PageHeap::Free(Span* span) {
  const MutexLock lock(mutex_);
  statistics_.in_use_bytes -= span->Bytes();
  if (span->size_class != 0) map_.ClearClasses(span);
  // What the next owner finds: nothing carved, nothing free.
  span->size_class = 0;
  span->used = span->carved = 0;
  span->free_objects = nullptr;
  span->fresh_begin = span->fresh_end = 0;
  AddFree(JoinNeighbours(span));
  NoteFootprint();
  const std::size_t keep_bytes =
      std::max(kKeepBytes, statistics_.in_use_bytes / 4);
  if (ResidentFreeBytes() > keep_bytes + refused_bytes_) {
    ScavengeLocked(keep_bytes / 2);
  }
}

bool PageHeap::Extend(Span* span, std::size_t extra_pages) {
  const MutexLock lock(mutex_);
  Span* const behind = map_.SpanOfPage(span->first_page + span->pages);
  if (behind == nullptr || behind->state != Span::State::kFree ||
      behind->pages < extra_pages || !ReserveSpans(1)) {
    return false;
  }
  RemoveFree(behind);
  if (behind->pages > extra_pages) AddFree(Cut(behind, extra_pages));
  NoteFootprint();
  span->pages += extra_pages;
  span->fresh_begin = span->fresh_end = 0;
  map_.SetEnds(span);
  RecycleSpan(behind);
  statistics_.in_use_bytes += extra_pages << kPageShift;
  return true;
}

std::size_t PageHeap::Scavenge(std::size_t keep_bytes) {
  const MutexLock lock(mutex_);
  return ScavengeLocked(keep_bytes);
}

std::size_t PageHeap::FootprintBytes() const {
  return footprint_bytes_.load(std::memory_order_relaxed);
}

// [given]
void* PageHeap::AllocateMetadata(std::size_t bytes) {
  const MutexLock lock(mutex_);
  return arena_.Allocate(bytes);
}

PageHeap::Statistics PageHeap::GetStatistics() const {
  const MutexLock lock(mutex_);
  Statistics statistics = statistics_;
  statistics.metadata_bytes = arena_.BytesMapped();
  return statistics;
}

}  // namespace workbook
