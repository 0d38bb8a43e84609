// SPDX-License-Identifier: Apache-2.0

// The first tier: objects that one thread keeps, with no lock.
#ifndef WORKBOOK_01_01_THREAD_CACHE_H_
#define WORKBOOK_01_01_THREAD_CACHE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "01_01/central_free_list.h"

namespace workbook {

// Large spans that a thread has just freed and may soon ask for again. Without
// it each 64 KiB buffer takes the page heap's lock, splits a span and joins it.
//
// Invariant: at most kSlots spans, of kMaxPages each and kMaxBytes in all; they
// count as in use.
// Cost: O(kSlots) for Take and Put, no lock, and a Free for each span that has
// to make room.
// Thread safety: one thread.
// [reference]
class KeptSpans {
 public:
  static constexpr std::size_t kMaxPages = (std::size_t{1} << 20) / kPageBytes;
  static constexpr std::size_t kMaxBytes = std::size_t{2} << 20;
  static constexpr std::size_t kSlots = 4;

  // A span of exactly `pages`, or nullptr.
  Span* Take(std::size_t pages);
  // REQUIRES: the span is in use, large, and at most kMaxPages long. False: it
  // is here already, which is a double free.
  bool Put(Span* span, PageHeap& heap);
  void Flush(PageHeap& heap);

 private:
  // The newest, which is asked for most, is last: nothing moves.
  void Forget(std::size_t slot) {
    bytes_ -= spans_[slot]->Bytes();
    --count_;
    for (; slot < count_; ++slot) spans_[slot] = spans_[slot + 1];
  }
  // Out of line and last, so that Put needs no frame.
  [[gnu::noinline]] bool PutIntoRoom(Span* span, PageHeap& heap);

  std::array<Span*, kSlots> spans_{};  // the newest last
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

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
  struct alignas(32) Stack {
    void** top = nullptr;
    void** bottom = nullptr;
    void** limit = nullptr;
    std::atomic<std::uint64_t> hits{0};  // one writer: a load and a store
  };
  static_assert(sizeof(Stack) == 32);

  friend class CachingAllocator;  // the spans are no business of the classes

  void Return(std::size_t size_class, std::size_t count);
  void RaiseLimit(std::size_t size_class);
  void Widen(std::size_t size_class);
  void LowerAnotherLimit(std::size_t size_class, std::size_t needed_bytes);

  // One more than there are classes: that of tiny blocks is always empty.
  std::array<Stack, kTinyClass + 1> stacks_{};
  // [given]
  std::size_t limit_bytes_ = 0;
  std::size_t next_to_lower_ = 1;
  std::atomic<std::uint64_t> misses_{0};
  const SizeClassTable* classes_ = nullptr;
  CentralFreeList* central_ = nullptr;
  PageHeap* heap_ = nullptr;
  void** slots_ = nullptr;
  std::array<bool, kClassCount> is_wide_{};
  std::size_t footprint_bytes_seen_ = 0;  // at the last GiveBack
  KeptSpans kept_;
};

inline Span* KeptSpans::Take(std::size_t pages) {
  for (std::size_t i = count_; i > 0; --i) {
    Span* const span = spans_[i - 1];
    if (span->pages != pages) continue;
    Forget(i - 1);
    return span;
  }
  return nullptr;
}

inline bool KeptSpans::Put(Span* span, PageHeap& heap) {
  for (std::size_t i = 0; i < count_; ++i) {
    if (spans_[i] == span) return false;
  }
  if (count_ == kSlots || bytes_ + span->Bytes() > kMaxBytes) [[unlikely]] {
    return PutIntoRoom(span, heap);
  }
  spans_[count_++] = span;
  bytes_ += span->Bytes();
  span->fresh_begin = span->fresh_end = 0;  // its owner has written to it
  return true;
}

inline void* ThreadCache::Pop(std::size_t size_class) {
  Stack& stack = stacks_[size_class];
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
  Stack& stack = stacks_[size_class];
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
