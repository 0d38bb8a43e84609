// SPDX-License-Identifier: Apache-2.0

// The middle tier: the objects of one class, for all threads.
#ifndef WORKBOOK_01_01_CENTRAL_FREE_LIST_H_
#define WORKBOOK_01_01_CENTRAL_FREE_LIST_H_

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "01_01/page_heap.h"
#include "exercises/01_01/given/object_buffer.h"

namespace workbook {

// Spans of one size class, and a buffer of objects that went back in batches.
//
// Invariants:
// 1. An object is handed out, in the buffer, in its span's list, or not carved.
// 2. A span that has an object to give is partial; all others are full.
// 3. A span all of whose objects are back goes to the page heap, at once.
//
// As it begins: one list through all free objects of the class. A new span is
// cut into objects at once, and no span ever goes back to the page heap.
class CentralFreeList {
 public:
  // A class of 27,264 bytes has spans of 80 KiB. A program with two blocks of
  // each such class would have 1.2 MiB of them.
  static constexpr std::size_t kSmallSpans = 4;
  // A page has two objects of 4 KiB: a class with many such spans would ask the
  // page heap for one at every second call.
  static constexpr std::size_t kManySpans = 16;

  struct Statistics {
    std::uint64_t fetches = 0;  // that returned an object
    std::uint64_t releases = 0;
    std::uint64_t span_allocations = 0;
    std::size_t spans = 0;
    std::size_t objects_out = 0;
    std::size_t objects_buffered = 0;
  };

  constexpr CentralFreeList() = default;

  // Sets up the list of a class.
  // REQUIRES: once, before any other call; what is passed outlives the list.
  void Init(std::size_t size_class, const SizeClass& shape, PageHeap& heap,
            PageMap& map);

  // Writes the addresses of 1 to `count` objects, and returns how many. It
  // takes a new span only for the first one, of pages as `from` says. While the
  // list holds fewer than kSmallSpans spans, the new one is of the fewest pages
  // that hold an object (PagesFor), else as long as the class says; while it
  // holds at least kManySpans, of the fewest that hold a batch, if these are
  // more.
  // What is buffered comes first, then what partial spans have. Of objects that
  // were never carved, the batch has the one with the highest address first: so
  // a cache that takes from the end of `objects` goes up through the pages.
  // REQUIRES: count >= 1.
  // Cost: one lock; no object is written to: it is carved when it is fetched.
  // Thread safety: any thread, as for all functions here but Init.
  // On failure: 0, as where PageHeap::Allocate fails, and nothing has changed.
  std::size_t Fetch(void** objects, std::size_t count,
                    Pages from = Pages::kAny);

  // Takes objects back, to the buffer while that has room, else to their spans.
  // REQUIRES: they came from Fetch of this list; any thread may have.
  // Cost: one lock; no allocation but ObjectBuffer's metadata.
  // On failure: never; without metadata the objects go to their spans.
  void Release(void* const* objects, std::size_t count);

  // Takes objects back, to their spans, and what is buffered as well: pages
  // become free as soon as they can. Where an object is the one that was carved
  // last, Span::carved counts down, and the object is not written to; so does
  // Release, where it sends objects to their spans.
  // Cost: one lock; O(count + buffered).
  void Reclaim(void* const* objects, std::size_t count);

  // Sends what is buffered to the spans.
  void Flush() { Reclaim(nullptr, 0); }
  // Returns whether anything is buffered.
  // Cost: a load, no lock: it is perhaps a moment old.
  bool HasBuffered() const;
  // Returns whether Reclaim of these objects may make a span free. Where
  // `count` is 0, that is HasBuffered(). Else it is so where the list has
  // several spans, or where at most `count` + buffered objects of the only one
  // are not in it (Span::used): one that stays out would hold the span.
  // REQUIRES: as for Reclaim.
  // Cost: one lock; none where `count` is 0.
  bool MayFreeSpan(void* const* objects, std::size_t count) const;

  Statistics GetStatistics() const;
  // Locks the list over a fork, as PageHeap::Lock.
  void Lock() { mutex_.LockForFork(); }
  void Unlock() { mutex_.UnlockAfterFork(); }

 private:
  Span* NewSpan(Pages from);
  std::size_t TakeFrom(Span* span, void** objects, std::size_t count);
  std::size_t GiveToSpan(void* const* objects, std::size_t count);
  void GiveToSpans(void* const* objects, std::size_t count);
  bool AddSpan(Pages from);
  void Push(void* object);
  void* Pop();

  mutable ForkMutex mutex_;  // for all that follows
  std::size_t size_class_ = 0;
  std::size_t size_bytes_ = 0;
  std::size_t span_pages_ = 0;
  PageHeap* heap_ = nullptr;
  PageMap* map_ = nullptr;
  SpanList partial_;
  void* free_objects_ = nullptr;  // each leads to the next
  Statistics statistics_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_CENTRAL_FREE_LIST_H_
