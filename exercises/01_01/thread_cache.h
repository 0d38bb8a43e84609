// SPDX-License-Identifier: Apache-2.0

// The first tier: objects that one thread keeps, with no lock.
#ifndef WORKBOOK_01_01_THREAD_CACHE_H_
#define WORKBOOK_01_01_THREAD_CACHE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "01_01/central_free_list.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Stacks of addresses, one a class. They stand beside the objects and not in
// them, so that taking an object touches none: a list through free objects
// waits for a load from each (1.8 to 2.4 times as long in batches).
//
// Invariants:
// 1. At most the limit of a class lies in its stack. Limits rise only where
//    there is no room, not at each refill: who allocates needs none.
// 2. The limits, in bytes, sum to at most kMaxBytes; so do the objects.
// A cache that was never set up has empty stacks of limit 0: Pop finds nothing,
// Push has no room. It stands for "this thread has none yet", without a branch.
class ThreadCache {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{2} << 20;
  static constexpr std::size_t kMaxBytesOfClass = std::size_t{64} << 10;
  static constexpr std::size_t kGiveBackPart = 64;
  // The most objects of a class: 64 KiB of them, 2 to 1024.
  static std::size_t CapacityOf(std::size_t size_bytes);
  // Returns the bytes that SetUp needs for its stacks: at most 119 KiB with
  // Go's classes, untouched until used. A batch of each class lies in the first
  // 11 KiB, and moves behind them when its limit rises: a program of many
  // classes and few objects touches 3 pages of 4 KiB and not 27.
  static std::size_t SlotBytes(const SizeClassTable& classes);

  constexpr ThreadCache() = default;

  // REQUIRES: `slots` is SlotBytes(classes) large; the rest outlives the cache;
  // `central` has kClassCount lists, which take their spans from `heap`.
  void SetUp(const SizeClassTable& classes, CentralFreeList* central,
             PageHeap& heap, void** slots);

  // An object of the class, or nullptr: the stack is empty.
  // Cost: no lock, no store but to the cache itself.
  // Thread safety: one thread, as for all but Hits() and Misses().
  void* Pop(std::size_t size_class);
  // False: there is no room, and the object is still the caller's.
  bool Push(std::size_t size_class, void* object);

  // What comes next when Pop found nothing: takes a batch from the centre, with
  // a limit raised by one where it was less, and returns one object of it.
  // Where GiveBackIsDue and that would take fresh pages, or where there are
  // none, it gives back first.
  // On failure: nullptr.
  void* Refill(std::size_t size_class);
  // What comes next when Push had no room: raises the limit by a batch (slow
  // start), or else sends a batch to the centre, then keeps the object. Never
  // fails.
  void Overflow(std::size_t size_class, void* object);
  // Sends everything to the centre. The cache can be used again.
  void Flush();
  // Sends every object to its span, and what the centre has buffered; limits
  // stay.
  void GiveBack();
  // Whether the footprint has grown by a kGiveBackPart since the last GiveBack:
  // a heap that grows to twice its size costs at most 45 of them.
  bool GiveBackIsDue();

  std::size_t CachedBytes() const;
  std::size_t LimitBytes() const { return limit_bytes_; }
  // Exact when the thread is idle; any thread may ask.
  std::uint64_t Hits() const;
  std::uint64_t Misses() const;

 private:
  // Your data members.

  friend class CachingAllocator;  // the spans are no business of the classes

  std::size_t limit_bytes_ = 0;
};

inline void* ThreadCache::Pop(std::size_t size_class) {
  Todo("01_01 task 5: ThreadCache::Pop");
}

inline bool ThreadCache::Push(std::size_t size_class, void* object) {
  Todo("01_01 task 5: ThreadCache::Push");
}

}  // namespace workbook

#endif  // WORKBOOK_01_01_THREAD_CACHE_H_
