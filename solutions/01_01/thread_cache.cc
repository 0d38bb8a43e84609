// SPDX-License-Identifier: Apache-2.0

#include "01_01/thread_cache.h"

#include <algorithm>

namespace workbook {

void ThreadCache::SetUp(const SizeClass* classes, CentralFreeList* central,
                        PageHeap& heap, void** slots) {
  classes_ = classes;
  central_ = central;
  heap_ = &heap;
  room_.SetUp(classes, stacks_.data(), slots);
}

// Objects from the centre. Before the footprint grows, the cache gives back
// what it holds.
std::size_t ThreadCache::Fetch(std::size_t size_class, void** objects,
                               std::size_t count) {
  CentralFreeList& central = central_[size_class];
  const Pages from = GiveBackIsDue() ? Pages::kUsed : Pages::kAny;
  std::size_t fetched = central.Fetch(objects, count, from);
  if (fetched > 0) return fetched;
  GiveBack();
  fetched = central.Fetch(objects, count, Pages::kUsed);
  NoteGiveBack(fetched > 0);
  return fetched > 0 ? fetched : central.Fetch(objects, count);
}

// The objects on top, `count` of them, go to the centre.
void ThreadCache::Return(std::size_t size_class, std::size_t count) {
  if (count == 0) return;
  ObjectStack& stack = stacks_[size_class];
  stack.top -= count;
  central_[size_class].Release(stack.top, count);
}

void* ThreadCache::Refill(std::size_t size_class) {
  misses_.store(misses_.load(std::memory_order_relaxed) + 1,
                std::memory_order_relaxed);
  ObjectStack& stack = stacks_[size_class];
  const std::size_t batch = BatchObjects(classes_[size_class].size_bytes);
  // Others, in turn, may have lowered it.
  if (stack.Limit() < batch) room_.Raise(size_class, central_);
  // The stack is empty, and has a slot even where its limit is 0.
  const std::size_t wanted = std::clamp<std::size_t>(stack.Limit(), 1, batch);
  const std::size_t count = Fetch(size_class, stack.bottom, wanted);
  if (count == 0) return nullptr;
  stack.top = stack.bottom + count - 1;
  return *stack.top;
}

void ThreadCache::Overflow(std::size_t size_class, void* object) {
  room_.Raise(size_class, central_);
  if (Push(size_class, object)) return;
  Return(size_class, std::min(stacks_[size_class].Objects(),
                              BatchObjects(classes_[size_class].size_bytes)));
  if (!Push(size_class, object)) central_[size_class].Release(&object, 1);
}

void ThreadCache::Flush() {
  for (std::size_t i = 1; i < kClassCount; ++i) {
    Return(i, stacks_[i].Objects());
  }
  room_.Clear();
}

void ThreadCache::GiveBack() {
  footprint_bytes_seen_ = heap_->FootprintBytes();
  for (std::size_t i = 1; i < kClassCount; ++i) {
    ObjectStack& stack = stacks_[i];
    if (!central_[i].MayFreeSpan(stack.bottom, stack.Objects())) continue;
    central_[i].Reclaim(stack.bottom, stack.Objects());
    stack.top = stack.bottom;
  }
  kept_.Flush(*heap_);
}

bool ThreadCache::GiveBackIsDue() {
  const std::size_t now = heap_->FootprintBytes();
  footprint_bytes_seen_ = std::min(footprint_bytes_seen_, now);
  return now - footprint_bytes_seen_ >=
         std::max(now / kGiveBackPart, wait_bytes_);
}

void ThreadCache::NoteGiveBack(bool was_useful) {
  const std::size_t most_bytes =
      std::max(kMostWaitBytes, heap_->FootprintBytes() / 8);
  wait_bytes_ =
      was_useful ? 0 : std::clamp(2 * wait_bytes_, kPageBytes, most_bytes);
}

std::size_t ThreadCache::CachedBytes() const {
  std::size_t bytes = 0;
  for (std::size_t i = 1; i < kClassCount; ++i) {
    bytes += stacks_[i].Objects() * classes_[i].size_bytes;
  }
  return bytes;
}

std::uint64_t ThreadCache::Hits() const {
  std::uint64_t hits = 0;
  for (const ObjectStack& stack : stacks_) {
    hits += stack.hits.load(std::memory_order_relaxed);
  }
  return hits;
}

std::uint64_t ThreadCache::Misses() const {
  return misses_.load(std::memory_order_relaxed);
}

}  // namespace workbook
