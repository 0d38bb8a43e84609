// SPDX-License-Identifier: Apache-2.0

// The first tier: objects that one thread keeps, with no lock.
#ifndef WORKBOOK_01_01_THREAD_CACHE_H_
#define WORKBOOK_01_01_THREAD_CACHE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "01_01/central_free_list.h"
#include "01_01/kept_spans.h"
#include "exercises/01_01/given/cache_room.h"

namespace workbook {

// A stack of free objects for each class (ObjectStack).
//
// Invariants:
// 1. At most the limit of a class lies in its stack. Limits rise only where
//    there is no room, not at each refill: who allocates needs none.
// 2. The limits, in bytes, sum to at most CacheRoom::kMaxBytes; so do the
//    objects.
// A cache that was never set up has empty stacks of limit 0: Pop finds nothing,
// Push has no room. It stands for "this thread has none yet", without a branch.
class ThreadCache {
 public:
  static constexpr std::size_t kGiveBackPart = 64;
  static constexpr std::size_t kMostWaitBytes = std::size_t{64} << 10;

  constexpr ThreadCache() = default;

  // Sets up an empty cache.
  // REQUIRES: `classes` has kClassCount elements; `slots` is
  // CacheRoom::SlotBytes(classes) large; `central` has kClassCount lists, which
  // take their spans from `heap`; all outlive the cache.
  void SetUp(const SizeClass* classes, CentralFreeList* central, PageHeap& heap,
             void** slots);

  // Returns the object of the class that was pushed last, or nullptr: the stack
  // is empty. Classes 0 and kTinyClass are always empty.
  // REQUIRES: size_class <= kTinyClass.
  // Cost: no lock, no store but to the cache itself.
  // Thread safety: one thread, as for all but Hits() and Misses().
  void* Pop(std::size_t size_class);
  // Puts an object on top. False: there is no room, and the object is still the
  // caller's; so for classes 0 and kTinyClass, always.
  // REQUIRES: size_class <= kTinyClass.
  // Cost: that of Pop.
  bool Push(std::size_t size_class, void* object);

  // Comes next when Pop found nothing: takes a batch (BatchObjects) from the
  // centre, with a limit raised once (CacheRoom::Raise) where it was less than
  // a batch, and returns one object of it. It takes at least one object and
  // otherwise no more than the limit.
  // Where GiveBackIsDue and that would take fresh pages, or where there are
  // none, it gives back first.
  // REQUIRES: the cache is set up; 1 <= size_class < kClassCount.
  // Cost: the lock of the class, once; a GiveBack where one is due.
  // On failure: nullptr.
  void* Refill(std::size_t size_class);
  // Comes next when Push had no room: raises the limit once. Where there still
  // is none, sends a batch to the centre; then keeps the object, or sends it as
  // well where the limit is 0.
  // REQUIRES: as for Refill.
  // Cost: none but that of CacheRoom::Raise, or the lock of the class.
  // On failure: never.
  void Overflow(std::size_t size_class, void* object);
  // Sends everything to the centre, and sets the limits to 0. The cache can be
  // used again. Kept spans stay.
  void Flush();
  // Sends every object to its span (CentralFreeList::Reclaim), and what the
  // centre has buffered; limits stay. Kept spans go to the heap. A class may
  // stay as it is where no span can become free (MayFreeSpan).
  void GiveBack();
  // Returns whether the footprint has grown by a kGiveBackPart since the last
  // GiveBack, and by what NoteGiveBack asks for: a heap that grows to twice its
  // size costs at most 45 of them.
  // Cost: a load of the heap's footprint.
  bool GiveBackIsDue();
  // Says whether the last GiveBack made used pages free for what was needed. A
  // program that only allocates has nothing to give back: after one without use
  // the next waits for a page of growth, then for twice as much each time, up
  // to kMostWaitBytes or an eighth of the footprint. One of use ends that.
  void NoteGiveBack(bool was_useful);

  std::size_t CachedBytes() const;
  std::size_t LimitBytes() const { return room_.LimitBytes(); }
  // Counts (Hits, Misses) how often Pop had an object, and how often Refill was
  // called.
  // Thread safety: any thread; exact when the cache's own is idle.
  std::uint64_t Hits() const;
  std::uint64_t Misses() const;

  // Returns the large spans of this thread, no business of the classes.
  KeptSpans& Kept() { return kept_; }

 private:
  std::size_t Fetch(std::size_t size_class, void** objects, std::size_t count);
  void Return(std::size_t size_class, std::size_t count);

  // One more than there are classes: that of tiny blocks is always empty.
  std::array<ObjectStack, kTinyClass + 1> stacks_{};
  CacheRoom room_;
  std::atomic<std::uint64_t> misses_{0};
  const SizeClass* classes_ = nullptr;
  CentralFreeList* central_ = nullptr;
  PageHeap* heap_ = nullptr;
  std::size_t footprint_bytes_seen_ = 0;  // at the last GiveBack
  std::size_t wait_bytes_ = 0;            // of growth, for the next GiveBack
  KeptSpans kept_;
};

inline void* ThreadCache::Pop(std::size_t size_class) {
  ObjectStack& stack = stacks_[size_class];
  void** const top = stack.top;
  if (top == stack.bottom) [[unlikely]] {
    return nullptr;
  }
  stack.hits.store(stack.hits.load(std::memory_order_relaxed) + 1,
                   std::memory_order_relaxed);
  stack.top = top - 1;
  void* const object = top[-1];
  if (object == nullptr) __builtin_unreachable();
  return object;
}

inline bool ThreadCache::Push(std::size_t size_class, void* object) {
  ObjectStack& stack = stacks_[size_class];
  void** const top = stack.top;
  if (top == stack.limit) [[unlikely]] {
    return false;
  }
  *top = object;
  stack.top = top + 1;
  return true;
}

}  // namespace workbook

#endif  // WORKBOOK_01_01_THREAD_CACHE_H_
