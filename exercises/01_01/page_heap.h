// SPDX-License-Identifier: Apache-2.0

// Spans of pages: best fit, split, joined again, given back to the system.
#ifndef WORKBOOK_01_01_PAGE_HEAP_H_
#define WORKBOOK_01_01_PAGE_HEAP_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

#include "01_01/span_list.h"
#include "tools/exercise/fork_mutex.h"

namespace workbook {

// Which pages an allocation may take. A page is fresh until its first owner
// gives it back, and again once it is discarded: not resident.
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

  // No code runs: it may be used before main.
  constexpr PageHeap(PageSource& source, PageMap& map)
      : source_(source), map_(map), arena_(source) {}

  // A span of exactly `pages` pages that starts at a multiple of
  // `alignment_pages`: the smallest free span that fits, of all that have used
  // pages only; else of those with both; else a fresh one. What is left of it
  // stays free. With a size class it is a small span (or tiny, for kTinyClass)
  // and every page leads to it; with 0 it is large, and its ends do.
  // REQUIRES: pages >= 1, a power of two for the alignment.
  // Cost: O(1) to 255 pages, O(free spans above that) else; one lock.
  // Maps max(2 MiB, an eighth of what is mapped) when nothing fits, or exactly
  // what is needed when that is refused.
  // Thread safety: any thread, as for every function here.
  // On failure, or where `from` is kUsed and the best fit is not: nullptr, and
  // the heap is as before.
  Span* Allocate(std::size_t pages, std::size_t alignment_pages = 1,
                 std::size_t size_class = 0, Pages from = Pages::kAny);

  // Takes the span back and joins it with free neighbours. The bound of
  // resident free pages is max(16 MiB, a quarter of what is in use). Above it,
  // whole spans are discarded, the longest first, until at most half of the
  // bound is left. Bytes that the source refused to discard do not count: it is
  // not asked for them at each Free.
  // REQUIRES: it came from Allocate and is in use. It is invalid afterwards.
  // Cost: O(1) without discarding.
  void Free(Span* span);

  // Grows `span` in place by `extra_pages` if the pages behind it are free.
  // Returns false and changes nothing otherwise.
  // REQUIRES: `span` came from Allocate and is in use.
  // Cost: O(1); one lock; maps no pages.
  bool Extend(Span* span, std::size_t extra_pages);

  // Discards free pages, large spans first, until at most `keep_bytes` of them
  // may be resident, beside those that the source has refused to discard just
  // now: they are used pages still. Returns the bytes discarded.
  std::size_t Scavenge(std::size_t keep_bytes);

  // Zeroed memory that is never freed; nullptr: none.
  void* AllocateMetadata(std::size_t bytes);

  Statistics GetStatistics() const;
  // Mapped and not discarded: what is resident, at most. No lock: perhaps a
  // moment old.
  std::size_t FootprintBytes() const;

  // For fork: nobody else may be half way through. The thread itself passes.
  void Lock() { mutex_.LockForFork(); }
  void Unlock() { mutex_.UnlockAfterFork(); }

 private:
  // Your data members.

  PageSource& source_;
  PageMap& map_;
  mutable ForkMutex mutex_;  // for all that follows
  MetadataArena arena_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_PAGE_HEAP_H_
