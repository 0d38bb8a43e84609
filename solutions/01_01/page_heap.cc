// SPDX-License-Identifier: Apache-2.0

#include "01_01/page_heap.h"

#include <algorithm>

namespace workbook {

// Spans are made before anything changes, so that a refusal leaves the heap as
// it was.
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

// One of those that ReserveSpans has made.
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

void PageHeap::AddFree(Span* span) {
  span->state = Span::State::kFree;
  free_.Add(span);
  map_.SetEnds(span);
}

void PageHeap::NoteFootprint() {
  footprint_bytes_.store(statistics_.mapped_bytes - free_.DiscardedBytes(),
                         std::memory_order_relaxed);
}

// Pages from the source, all of them fresh, in a span that is in no list.
Span* PageHeap::MapSpan(std::size_t pages) {
  if (!ReserveSpans(3)) return nullptr;
  void* const memory = source_.Map(pages << kPageShift);
  if (memory == nullptr) return nullptr;
  const std::uintptr_t first =
      reinterpret_cast<std::uintptr_t>(memory) >> kPageShift;
  // Pages that the map can't hold are lost: addresses, not memory, since
  // nothing has touched them.
  if (!map_.Prepare(first, pages, arena_)) return nullptr;
  ++statistics_.maps;
  statistics_.mapped_bytes += pages << kPageShift;
  Span* const span = NewSpan(first, pages);
  span->fresh_end = pages;
  return span;
}

// The free span that the page leads to; nullptr: none.
Span* PageHeap::FreeSpanAt(std::uintptr_t page) const {
  Span* const span = map_.SpanOfPage(page);
  return span != nullptr && span->state == Span::State::kFree ? span : nullptr;
}

// Shortens a span that is in no list; returns what was behind.
Span* PageHeap::Cut(Span* span, std::size_t pages) {
  Span* const rest = NewSpan(span->first_page + pages, span->pages - pages);
  span->pages = pages;
  FreeSpans::Cut(span, rest);
  return rest;
}

// Makes `span` that of both; `behind` is in no list, and is gone afterwards.
void PageHeap::Join(Span* span, Span* behind) {
  FreeSpans::Join(span, behind);
  span->pages += behind->pages;
  RecycleSpan(behind);
}

// Returns the span that is free now, in no list.
Span* PageHeap::JoinNeighbours(Span* span) {
  if (Span* behind = FreeSpanAt(span->first_page + span->pages)) {
    free_.Remove(behind);
    Join(span, behind);
  }
  Span* const before = FreeSpanAt(span->first_page - 1);
  if (before == nullptr) return span;
  free_.Remove(before);
  Join(before, span);
  return before;
}

// At least `pages` new pages, joined with what is free beside them.
Span* PageHeap::Grow(std::size_t pages) {
  const std::size_t step =
      std::max({pages, kGrowPages, statistics_.mapped_bytes / 8 >> kPageShift});
  Span* span = MapSpan(step);
  if (span == nullptr && step > pages) span = MapSpan(pages);
  return span == nullptr ? nullptr : JoinNeighbours(span);
}

// The best fit, cut to size, in no list.
Span* PageHeap::TakeFree(std::size_t pages, std::size_t alignment_pages,
                         Pages from) {
  if (!ReserveSpans(2)) return nullptr;
  const std::size_t needed = pages + alignment_pages - 1;
  Span* span = free_.BestFit(needed);
  if (from == Pages::kUsed &&
      (span == nullptr || FreeSpans::UsedInFront(span) < needed)) {
    return nullptr;
  }
  if (span != nullptr) {
    free_.Remove(span);
  } else if ((span = Grow(needed)) == nullptr) {
    return nullptr;
  }
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
  free_.KeepWithinBound(statistics_.in_use_bytes);
  NoteFootprint();
}

bool PageHeap::Extend(Span* span, std::size_t extra_pages) {
  const MutexLock lock(mutex_);
  Span* const behind = FreeSpanAt(span->first_page + span->pages);
  if (behind == nullptr || behind->pages < extra_pages || !ReserveSpans(1)) {
    return false;
  }
  free_.Remove(behind);
  if (behind->pages > extra_pages) AddFree(Cut(behind, extra_pages));
  NoteFootprint();
  span->pages += extra_pages;
  span->fresh_begin = span->fresh_end = 0;
  map_.SetEnds(span);
  RecycleSpan(behind);
  statistics_.in_use_bytes += extra_pages << kPageShift;
  return true;
}

// Fresh pages of the best fit, in no list; nullptr: it has less of them, so
// that Allocate would take used pages, or there are none.
Span* PageHeap::TakeFresh(std::size_t pages) {
  if (!ReserveSpans(3)) return nullptr;
  Span* span = free_.BestFit(pages);
  if (span != nullptr) {
    if (span->FreshPages() < pages) return nullptr;
    free_.Remove(span);
  } else if ((span = Grow(pages)) == nullptr) {
    return nullptr;
  }
  if (span->fresh_begin > 0) {
    Span* const fresh = Cut(span, span->fresh_begin);
    AddFree(span);
    span = fresh;
  }
  if (span->pages > pages) AddFree(Cut(span, pages));
  return span;
}

Span* PageHeap::Move(Span* span, std::size_t pages) {
  const MutexLock lock(mutex_);
  Span* const moved = TakeFresh(pages);
  if (moved == nullptr) return nullptr;
  Span* freed = moved;
  const bool is_moved =
      source_.Move(reinterpret_cast<void*>(span->Start()),
                   reinterpret_cast<void*>(moved->Start()), span->Bytes());
  if (is_moved) {
    moved->state = Span::State::kLarge;
    moved->fresh_begin = moved->fresh_end = 0;
    map_.SetEnds(moved);
    statistics_.in_use_bytes += moved->Bytes() - span->Bytes();
    ++statistics_.allocations;
    freed = span;
    freed->fresh_begin = 0;
    freed->fresh_end = freed->pages;
  }
  AddFree(JoinNeighbours(freed));
  NoteFootprint();
  return is_moved ? moved : nullptr;
}

std::size_t PageHeap::Scavenge(std::size_t keep_bytes) {
  const MutexLock lock(mutex_);
  const std::size_t discarded_bytes = free_.Scavenge(keep_bytes);
  NoteFootprint();
  return discarded_bytes;
}

void* PageHeap::AllocateMetadata(std::size_t bytes) {
  const MutexLock lock(mutex_);
  return arena_.Allocate(bytes);
}

PageHeap::Statistics PageHeap::GetStatistics() const {
  const MutexLock lock(mutex_);
  Statistics statistics = statistics_;
  statistics.free_bytes = free_.Bytes();
  statistics.discarded_bytes = free_.DiscardedBytes();
  statistics.free_spans = free_.Spans();
  statistics.metadata_bytes = arena_.BytesMapped();
  return statistics;
}

}  // namespace workbook
