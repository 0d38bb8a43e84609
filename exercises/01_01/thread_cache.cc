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

void* ThreadCache::Refill(std::size_t size_class) {
  misses_.store(misses_.load(std::memory_order_relaxed) + 1,
                std::memory_order_relaxed);
  void* object = nullptr;
  Fetch(size_class, &object, 1);
  return object;
}

void ThreadCache::Overflow(std::size_t size_class, void* object) {
  central_[size_class].Release(&object, 1);
}

void ThreadCache::Flush() { room_.Clear(); }

void ThreadCache::GiveBack() {
  footprint_bytes_seen_ = heap_->FootprintBytes();
  for (std::size_t i = 1; i < kClassCount; ++i) {
    if (central_[i].HasBuffered()) central_[i].Flush();
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
