#include "01_01/page_heap.h"

#include <algorithm>
#include <bit>

namespace workbook {

void SpanList::PushFront([[maybe_unused]] Span* span) {
#if WORKBOOK_STUB
  Todo("01_01 task 3: SpanList::PushFront");
#else
  span->previous = nullptr;
  span->next = first_;
  (first_ != nullptr ? first_->previous : last_) = span;
  first_ = span;
#endif
}

void SpanList::PushBack([[maybe_unused]] Span* span) {
#if WORKBOOK_STUB
  Todo("01_01 task 3: SpanList::PushBack");
#else
  span->next = nullptr;
  span->previous = last_;
  (last_ != nullptr ? last_->next : first_) = span;
  last_ = span;
#endif
}

void SpanList::Remove([[maybe_unused]] Span* span) {
#if WORKBOOK_STUB
  Todo("01_01 task 3: SpanList::Remove");
#else
  (span->previous != nullptr ? span->previous->next : first_) = span->next;
  (span->next != nullptr ? span->next->previous : last_) = span->previous;
  span->previous = span->next = nullptr;
#endif
}
#if !WORKBOOK_STUB

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

// Resident spans in front: using them again costs no page fault.
void PageHeap::AddFree(Span* span) {
  const std::size_t bin = BinOf(span->pages);
  span->state = Span::State::kFree;
  if (span->discarded) {
    bins_[bin].PushBack(span);
    statistics_.discarded_bytes += span->Bytes();
  } else {
    bins_[bin].PushFront(span);
  }
  filled_[bin / 64] |= std::uint64_t{1} << bin % 64;
  statistics_.free_bytes += span->Bytes();
  ++statistics_.free_spans;
  map_.SetEnds(span);
}

void PageHeap::RemoveFree(Span* span) {
  const std::size_t bin = BinOf(span->pages);
  bins_[bin].Remove(span);
  if (bins_[bin].Empty()) filled_[bin / 64] &= ~(std::uint64_t{1} << bin % 64);
  statistics_.free_bytes -= span->Bytes();
  if (span->discarded) statistics_.discarded_bytes -= span->Bytes();
  --statistics_.free_spans;
}

Span* PageHeap::BestFit(std::size_t pages) const {
  for (std::size_t bin = pages; bin < kBins; bin = (bin / 64 + 1) * 64) {
    const std::uint64_t fits = filled_[bin / 64] >> bin % 64;
    if (fits == 0) continue;
    const auto offset = static_cast<std::size_t>(std::countr_zero(fits));
    return bins_[bin + offset].First();
  }
  Span* best = nullptr;
  for (Span* span = bins_[0].First(); span != nullptr; span = span->next) {
    if (span->pages < pages) continue;
    if (best == nullptr || span->pages < best->pages) best = span;
  }
  return best;
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
  span->discarded = true;  // fresh pages are not resident either
  JoinNeighbours(span);
  AddFree(span);
  return true;
}

// Shortens a span that is in no list; returns what was behind.
Span* PageHeap::Cut(Span* span, std::size_t pages) {
  Span* const rest = NewSpan(span->first_page + pages, span->pages - pages);
  rest->discarded = span->discarded;
  span->pages = pages;
  return rest;
}

void PageHeap::JoinNeighbours(Span* span) {
  Span* const before = map_.SpanOfPage(span->first_page - 1);
  if (before != nullptr && before->state == Span::State::kFree) {
    RemoveFree(before);
    span->first_page = before->first_page;
    span->pages += before->pages;
    span->discarded = span->discarded && before->discarded;
    RecycleSpan(before);
  }
  Span* const behind = map_.SpanOfPage(span->first_page + span->pages);
  if (behind != nullptr && behind->state == Span::State::kFree) {
    RemoveFree(behind);
    span->pages += behind->pages;
    span->discarded = span->discarded && behind->discarded;
    RecycleSpan(behind);
  }
}

std::size_t PageHeap::ScavengeLocked(std::size_t keep_bytes) {
  std::size_t discarded_bytes = 0;
  for (std::size_t i = 0; i < kBins; ++i) {
    const std::size_t bin = (kBins - i) % kBins;  // 0 has the largest
    while (ResidentFreeBytes() > keep_bytes && !bins_[bin].Empty() &&
           !bins_[bin].First()->discarded) {
      Span* const span = bins_[bin].First();
      RemoveFree(span);
      source_.Discard(reinterpret_cast<void*>(span->Start()), span->Bytes());
      span->discarded = true;
      AddFree(span);
      discarded_bytes += span->Bytes();
    }
  }
  return discarded_bytes;
}

// The best fit, cut to size, in no list.
Span* PageHeap::TakeFree(std::size_t pages, std::size_t alignment_pages) {
  if (!ReserveSpans(2)) return nullptr;
  const std::size_t needed = pages + alignment_pages - 1;
  Span* span = BestFit(needed);
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
#endif

Span* PageHeap::Allocate([[maybe_unused]] std::size_t pages,
                         [[maybe_unused]] std::size_t alignment_pages,
                         [[maybe_unused]] std::size_t size_class) {
#if WORKBOOK_STUB
  Todo("01_01 task 3: PageHeap::Allocate");
#else
  constexpr std::size_t kMostPages = std::size_t{1} << (47 - kPageShift);
  if (pages > kMostPages || alignment_pages > kMostPages) return nullptr;
  const std::lock_guard lock(mutex_);
  Span* const span = TakeFree(pages, alignment_pages);
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
  statistics_.in_use_bytes += span->Bytes();
  ++statistics_.allocations;
  return span;
#endif
}

void PageHeap::Free([[maybe_unused]] Span* span) {
#if WORKBOOK_STUB
  Todo("01_01 task 3: PageHeap::Free");
#else
  const std::lock_guard lock(mutex_);
  statistics_.in_use_bytes -= span->Bytes();
  if (span->size_class != 0) map_.ClearClasses(span);
  // What the next owner finds: nothing carved, nothing free.
  span->size_class = 0;
  span->used = span->carved = 0;
  span->free_objects = nullptr;
  span->discarded = false;
  JoinNeighbours(span);
  AddFree(span);
  const std::size_t keep_bytes =
      std::max(kKeepBytes, statistics_.in_use_bytes / 4);
  if (ResidentFreeBytes() > keep_bytes) ScavengeLocked(keep_bytes / 2);
#endif
}

bool PageHeap::Extend([[maybe_unused]] Span* span,
                      [[maybe_unused]] std::size_t extra_pages) {
#if WORKBOOK_STUB
  Todo("01_01 task 3: PageHeap::Extend");
#else
  const std::lock_guard lock(mutex_);
  Span* const behind = map_.SpanOfPage(span->first_page + span->pages);
  if (behind == nullptr || behind->state != Span::State::kFree ||
      behind->pages < extra_pages || !ReserveSpans(1)) {
    return false;
  }
  RemoveFree(behind);
  if (behind->pages > extra_pages) AddFree(Cut(behind, extra_pages));
  span->pages += extra_pages;
  span->discarded = false;
  map_.SetEnds(span);
  RecycleSpan(behind);
  statistics_.in_use_bytes += extra_pages << kPageShift;
  return true;
#endif
}

std::size_t PageHeap::Scavenge([[maybe_unused]] std::size_t keep_bytes) {
#if WORKBOOK_STUB
  Todo("01_01 task 3: PageHeap::Scavenge");
#else
  const std::lock_guard lock(mutex_);
  return ScavengeLocked(keep_bytes);
#endif
}

void* PageHeap::AllocateMetadata(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  return arena_.Allocate(bytes);
}

PageHeap::Statistics PageHeap::GetStatistics() const {
#if WORKBOOK_STUB
  Todo("01_01 task 3: PageHeap::GetStatistics");
#else
  const std::lock_guard lock(mutex_);
  Statistics statistics = statistics_;
  statistics.metadata_bytes = arena_.BytesMapped();
  return statistics;
#endif
}

}  // namespace workbook
