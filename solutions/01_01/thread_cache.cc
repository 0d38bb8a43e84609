// SPDX-License-Identifier: Apache-2.0

#include "01_01/thread_cache.h"

#include <algorithm>

namespace workbook {

bool KeptSpans::PutIntoRoom(Span* span, PageHeap& heap) {
  while (count_ == kSlots || bytes_ + span->Bytes() > kMaxBytes) {
    Span* const oldest = spans_[0];
    Forget(0);
    heap.Free(oldest);
  }
  return Put(span, heap);
}

void KeptSpans::Flush(PageHeap& heap) {
  while (count_ > 0) {
    Span* const span = spans_[count_ - 1];
    Forget(count_ - 1);
    heap.Free(span);
  }
}

// [given]
std::size_t ThreadCache::CapacityOf(std::size_t size_bytes) {
  return std::clamp<std::size_t>(kMaxBytesOfClass / size_bytes, 2, 1024);
}

// [given]
std::size_t ThreadCache::SlotBytes(const SizeClassTable& classes) {
  std::size_t slots = 0;
  for (std::size_t i = 1; i < kClassCount; ++i) {
    slots +=
        BatchObjects(classes[i].size_bytes) + CapacityOf(classes[i].size_bytes);
  }
  return slots * sizeof(void*);
}

void ThreadCache::SetUp(const SizeClassTable& classes, CentralFreeList* central,
                        PageHeap& heap, void** slots) {
  classes_ = &classes;
  central_ = central;
  heap_ = &heap;
  slots_ = slots;
  for (std::size_t i = 1; i < kClassCount; ++i) {
    Stack& stack = stacks_[i];
    stack.top = stack.bottom = stack.limit = slots;
    slots += BatchObjects(classes[i].size_bytes);
  }
}

// The objects on top, `count` of them, go to the centre.
void ThreadCache::Return(std::size_t size_class, std::size_t count) {
  if (count == 0) return;
  Stack& stack = stacks_[size_class];
  stack.top -= count;
  central_[size_class].Release(stack.top, count);
}

// Takes bytes from other classes in turn, so that a class that is no longer in
// use does not keep its share.
void ThreadCache::LowerAnotherLimit(std::size_t size_class,
                                    std::size_t needed_bytes) {
  for (std::size_t i = 1; i < kClassCount; ++i) {
    if (limit_bytes_ + needed_bytes <= kMaxBytes) return;
    next_to_lower_ = next_to_lower_ % (kClassCount - 1) + 1;
    if (next_to_lower_ == size_class) continue;
    Stack& stack = stacks_[next_to_lower_];
    const std::size_t limit =
        static_cast<std::size_t>(stack.limit - stack.bottom);
    const std::size_t kept = limit / 2;
    const std::size_t cached =
        static_cast<std::size_t>(stack.top - stack.bottom);
    if (cached > kept) Return(next_to_lower_, cached - kept);
    stack.limit = stack.bottom + kept;
    limit_bytes_ -= (limit - kept) * (*classes_)[next_to_lower_].size_bytes;
  }
}

// To where the stack can grow to its capacity.
void ThreadCache::Widen(std::size_t size_class) {
  is_wide_[size_class] = true;
  void** slots = slots_;
  for (std::size_t i = 1; i < kClassCount; ++i) {
    slots += BatchObjects((*classes_)[i].size_bytes);
    if (i < size_class) slots += CapacityOf((*classes_)[i].size_bytes);
  }
  Stack& stack = stacks_[size_class];
  std::copy(stack.bottom, stack.top, slots);
  stack.top = slots + (stack.top - stack.bottom);
  stack.limit = slots + (stack.limit - stack.bottom);
  stack.bottom = slots;
}

void ThreadCache::RaiseLimit(std::size_t size_class) {
  Stack& stack = stacks_[size_class];
  const std::size_t size_bytes = (*classes_)[size_class].size_bytes;
  const std::size_t limit =
      static_cast<std::size_t>(stack.limit - stack.bottom);
  const std::size_t more =
      std::min(BatchObjects(size_bytes), CapacityOf(size_bytes) - limit);
  if (more == 0) return;
  LowerAnotherLimit(size_class, more * size_bytes);
  if (limit_bytes_ + more * size_bytes > kMaxBytes) return;
  if (!is_wide_[size_class] && limit + more > BatchObjects(size_bytes)) {
    Widen(size_class);
  }
  stack.limit += more;
  limit_bytes_ += more * size_bytes;
}

void* ThreadCache::Refill(std::size_t size_class) {
  misses_.store(misses_.load(std::memory_order_relaxed) + 1,
                std::memory_order_relaxed);
  Stack& stack = stacks_[size_class];
  const std::size_t batch = BatchObjects((*classes_)[size_class].size_bytes);
  if (static_cast<std::size_t>(stack.limit - stack.bottom) < batch) {
    RaiseLimit(size_class);  // after others, in turn, have lowered it
  }
  const auto room = static_cast<std::size_t>(stack.limit - stack.bottom);
  const std::size_t wanted = std::clamp<std::size_t>(room, 1, batch);
  // The stack is empty, and has a slot even where its limit is 0.
  CentralFreeList& central = central_[size_class];
  const Pages from = GiveBackIsDue() ? Pages::kUsed : Pages::kAny;
  std::size_t count = central.Fetch(stack.bottom, wanted, from);
  if (count == 0) {
    GiveBack();
    count = central.Fetch(stack.bottom, wanted);
  }
  if (count == 0) return nullptr;
  stack.top = stack.bottom + count - 1;
  return *stack.top;
}

void ThreadCache::Overflow(std::size_t size_class, void* object) {
  RaiseLimit(size_class);
  if (Push(size_class, object)) return;
  Stack& stack = stacks_[size_class];
  const auto cached = static_cast<std::size_t>(stack.top - stack.bottom);
  Return(size_class,
         std::min(cached, BatchObjects((*classes_)[size_class].size_bytes)));
  if (!Push(size_class, object)) central_[size_class].Release(&object, 1);
}

void ThreadCache::Flush() {
  for (std::size_t i = 1; i < kClassCount; ++i) {
    Return(i, static_cast<std::size_t>(stacks_[i].top - stacks_[i].bottom));
    stacks_[i].limit = stacks_[i].bottom;
  }
  limit_bytes_ = 0;
}

void ThreadCache::GiveBack() {
  footprint_bytes_seen_ = heap_->FootprintBytes();
  for (std::size_t i = 1; i < kClassCount; ++i) {
    Stack& stack = stacks_[i];
    if (stack.top == stack.bottom && !central_[i].HasBuffered()) continue;
    central_[i].Reclaim(stack.bottom,
                        static_cast<std::size_t>(stack.top - stack.bottom));
    stack.top = stack.bottom;
  }
  kept_.Flush(*heap_);
}

bool ThreadCache::GiveBackIsDue() {
  const std::size_t now = heap_->FootprintBytes();
  footprint_bytes_seen_ = std::min(footprint_bytes_seen_, now);
  return now - footprint_bytes_seen_ >= now / kGiveBackPart;
}

std::size_t ThreadCache::CachedBytes() const {
  std::size_t bytes = 0;
  for (std::size_t i = 1; i < kClassCount; ++i) {
    bytes += static_cast<std::size_t>(stacks_[i].top - stacks_[i].bottom) *
             (*classes_)[i].size_bytes;
  }
  return bytes;
}

std::uint64_t ThreadCache::Hits() const {
  std::uint64_t hits = 0;
  for (const Stack& stack : stacks_) {
    hits += stack.hits.load(std::memory_order_relaxed);
  }
  return hits;
}

std::uint64_t ThreadCache::Misses() const {
  return misses_.load(std::memory_order_relaxed);
}

}  // namespace workbook
