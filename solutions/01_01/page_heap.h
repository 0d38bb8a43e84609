// SPDX-License-Identifier: Apache-2.0

// Spans of pages: best fit, split, joined again.
#ifndef WORKBOOK_01_01_PAGE_HEAP_H_
#define WORKBOOK_01_01_PAGE_HEAP_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "01_01/free_spans.h"
#include "01_01/page_map.h"
#include "tools/exercise/fork_mutex.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Which pages an allocation may take.
enum class Pages : std::uint8_t {
  kAny,
  kUsed,  // none of them fresh: what is resident does not grow
};

// The last tier: whole pages.
//
// Invariants:
// 1. A page belongs to one span. First and last page of every span lead to it.
// 2. No two neighbouring spans are free: they have been joined.
// 3. mapped = in use + free, in bytes. Discarded bytes are part of the free.
class PageHeap {
 public:
  struct Statistics {
    std::size_t mapped_bytes = 0;  // from the source, metadata not included
    std::size_t in_use_bytes = 0;
    std::size_t free_bytes = 0;
    std::size_t discarded_bytes = 0;  // free and fresh: surely not resident
    std::size_t metadata_bytes = 0;
    std::size_t free_spans = 0;
    std::uint64_t allocations = 0;  // of spans
    std::uint64_t maps = 0;         // calls of the source for pages
  };

  // Makes an empty heap. No code runs: it may be used before main.
  constexpr PageHeap(PageSource& source, PageMap& map)
      : source_(source), map_(map), arena_(source), free_(source) {}

  // Returns a span of exactly `pages` pages that starts at a multiple of
  // `alignment_pages`. It is cut from the best fit (FreeSpans::BestFit) for
  // pages + alignment_pages - 1, which holds such a span wherever it begins; a
  // shorter one is not used, even where it is aligned. What is left of the fit
  // in front and behind stays free. With a size class it is a small span (or
  // tiny, for kTinyClass) and every page leads to it; with 0 it is large, and
  // its ends do.
  // REQUIRES: pages >= 1, a power of two for the alignment.
  // Cost: that of BestFit; one lock. Maps max(2 MiB, an eighth of what is
  // mapped) when nothing fits, or exactly what is needed when that is refused.
  // A new map may lie beside a free span, and is joined with it.
  // Thread safety: any thread, as for every function here.
  // On failure: nullptr, and the heap is as before; so where `from` is kUsed
  // and the best fit does not begin with pages + alignment_pages - 1 used pages
  // (FreeSpans::UsedInFront), or nothing fits.
  Span* Allocate(std::size_t pages, std::size_t alignment_pages = 1,
                 std::size_t size_class = 0, Pages from = Pages::kAny);

  // Takes the span back and joins it with free neighbours, on both sides; then
  // FreeSpans::KeepWithinBound.
  // REQUIRES: it came from Allocate and is in use. It is invalid afterwards.
  // Cost: O(1) within the bound; one lock.
  void Free(Span* span);

  // Grows `span` in place by `extra_pages` if the pages behind it are free.
  // Returns false and changes nothing otherwise.
  // REQUIRES: `span` came from Allocate and is in use; extra_pages >= 1.
  // Cost: O(1); one lock; maps no pages.
  bool Extend(Span* span, std::size_t extra_pages);

  // Moves what is in `span` to a longer one of `pages` fresh pages, by
  // PageSource::Move, takes `span` back, fresh, and returns the other: nothing
  // is copied, and the footprint grows by the difference alone.
  // REQUIRES: `span` is in use and large; pages > span->pages.
  // Cost: that of BestFit; one lock, one call of the source.
  // On failure: nullptr, and the heap is as before, but for what it has mapped;
  // so where the best fit has fewer fresh pages: a copy to used ones costs no
  // fault.
  Span* Move(Span* span, std::size_t pages);

  // Does FreeSpans::Scavenge.
  // Cost: its; one lock.
  std::size_t Scavenge(std::size_t keep_bytes);

  // Returns zeroed memory that is never freed; nullptr: none.
  void* AllocateMetadata(std::size_t bytes);

  Statistics GetStatistics() const;
  // Returns what is mapped and not discarded: what is resident, at most.
  // Cost: a load, no lock: it is perhaps a moment old.
  std::size_t FootprintBytes() const {
    return footprint_bytes_.load(std::memory_order_relaxed);
  }

  // Locks the heap over a fork: nobody else may be half way through. The thread
  // itself passes.
  void Lock() { mutex_.LockForFork(); }
  void Unlock() { mutex_.UnlockAfterFork(); }

 private:
  static constexpr std::size_t kGrowPages = (std::size_t{2} << 20) / kPageBytes;

  bool ReserveSpans(std::size_t count) REQUIRES(mutex_);
  Span* NewSpan(std::uintptr_t first_page, std::size_t pages) REQUIRES(mutex_);
  void RecycleSpan(Span* span) REQUIRES(mutex_);
  void AddFree(Span* span) REQUIRES(mutex_);
  void NoteFootprint() REQUIRES(mutex_);
  Span* MapSpan(std::size_t pages) REQUIRES(mutex_);
  Span* TakeFree(std::size_t pages, std::size_t alignment_pages, Pages from)
      REQUIRES(mutex_);
  Span* FreeSpanAt(std::uintptr_t page) const REQUIRES(mutex_);
  Span* Grow(std::size_t pages) REQUIRES(mutex_);
  Span* Cut(Span* span, std::size_t pages) REQUIRES(mutex_);
  void Join(Span* span, Span* behind) REQUIRES(mutex_);
  Span* JoinNeighbours(Span* span) REQUIRES(mutex_);
  Span* TakeFresh(std::size_t pages) REQUIRES(mutex_);

  PageSource& source_;
  PageMap& map_;
  mutable ForkMutex mutex_;  // for all that follows
  MetadataArena arena_ GUARDED_BY(mutex_);
  FreeSpans free_ GUARDED_BY(mutex_);
  Span* spare_spans_ GUARDED_BY(mutex_) = nullptr;
  std::size_t spare_count_ GUARDED_BY(mutex_) = 0;
  std::atomic<std::size_t> footprint_bytes_{0};
  Statistics statistics_ GUARDED_BY(mutex_);
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_PAGE_HEAP_H_
