// SPDX-License-Identifier: Apache-2.0

// The middle tier: the objects of one class, for all threads.
#ifndef WORKBOOK_01_01_CENTRAL_FREE_LIST_H_
#define WORKBOOK_01_01_CENTRAL_FREE_LIST_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "01_01/page_heap.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Objects that move between a thread and the centre at once: 8 KiB of them, at
// least 2 and at most 64. A batch costs a lock, so 64 makes it a 64th of one.
// [given]
inline std::size_t BatchObjects(std::size_t size_bytes) {
  return std::clamp<std::size_t>(kPageBytes / size_bytes, 2, 64);
}

// Spans of one size class, and a buffer of objects that went back in batches.
//
// Invariants:
// 1. An object is handed out, in the buffer, in its span's list, or not carved.
// 2. A span that has an object to give is partial; all others are full.
// 3. A span all of whose objects are back goes to the page heap, at once.
class CentralFreeList {
 public:
  // Batches that the buffer holds: threads that pass objects on to each other
  // take the lock and copy pointers, and no span is touched.
  static constexpr std::size_t kBufferedBatches = 8;
  // A class of 27,264 bytes has spans of 80 KiB. A program with two blocks of
  // each such class would have 1.2 MiB of them.
  static constexpr std::size_t kSmallSpans = 4;

  struct Statistics {
    std::uint64_t fetches = 0;
    std::uint64_t releases = 0;
    std::uint64_t span_allocations = 0;
    std::size_t spans = 0;
    std::size_t objects_out = 0;
    std::size_t objects_buffered = 0;
  };

  constexpr CentralFreeList() = default;

  // REQUIRES: once, before any other call; what is passed outlives the list.
  void Init(std::size_t size_class, const SizeClass& shape, PageHeap& heap,
            PageMap& map);

  // Writes the addresses of 1 to `count` objects, and returns how many. It
  // takes a new span only for the first one, of pages as `from` says; the first
  // kSmallSpans of the class are of the fewest pages that hold an object.
  // What was never carved comes first, highest address first: whoever takes
  // from the end of `objects` touches one page after the other.
  // Cost: one lock; no object is written to: it is carved when it is fetched.
  // Thread safety: any thread.
  // On failure: 0, as where PageHeap::Allocate fails, and nothing has changed.
  std::size_t Fetch(void** objects, std::size_t count,
                    Pages from = Pages::kAny);

  // Takes objects back, to the buffer or to their spans.
  // REQUIRES: they came from Fetch of this list; any thread may have.
  // Cost: one lock; no allocation but the buffer's metadata, which grows from
  // one batch to kBufferedBatches by doubling.
  // On failure: never; without metadata the objects go to their spans.
  void Release(void* const* objects, std::size_t count);

  // The same, to their spans, and what is buffered as well: pages become free
  // as soon as they can. An object that was carved last is carved no more, and
  // not written to.
  void Reclaim(void* const* objects, std::size_t count);

  // Sends what is buffered to the spans.
  void Flush() { Reclaim(nullptr, 0); }
  // No lock: perhaps a moment old.
  bool HasBuffered() const;

  Statistics GetStatistics() const;
  // For fork, as those of the heap.
  void Lock() { mutex_.LockForFork(); }
  void Unlock() { mutex_.UnlockAfterFork(); }

 private:
  Span* PartialSpan(Pages from) REQUIRES(mutex_);
  void* TakeFrom(Span* span) REQUIRES(mutex_);
  void GiveToSpan(void* object) REQUIRES(mutex_);
  void GrowBuffer(std::size_t needed) REQUIRES(mutex_);
  std::size_t Buffer(void* const* objects, std::size_t count) REQUIRES(mutex_);
  std::size_t TakeBuffered(void** objects, std::size_t count) REQUIRES(mutex_);
  std::size_t Buffered() const {
    return buffered_.load(std::memory_order_relaxed);
  }
  void SetBuffered(std::size_t count) {
    buffered_.store(count, std::memory_order_relaxed);
  }

  // [given]
  mutable ForkMutex mutex_;  // for all that follows
  std::size_t size_class_ = 0;
  std::size_t size_bytes_ = 0;
  std::size_t span_pages_ = 0;
  PageHeap* heap_ = nullptr;
  PageMap* map_ = nullptr;
  SpanList partial_ GUARDED_BY(mutex_);
  void** buffer_ GUARDED_BY(mutex_) = nullptr;
  std::atomic<std::size_t> buffered_{0};
  std::size_t capacity_ GUARDED_BY(mutex_) = 0;
  Statistics statistics_ GUARDED_BY(mutex_);
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_CENTRAL_FREE_LIST_H_
