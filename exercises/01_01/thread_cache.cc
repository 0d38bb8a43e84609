// SPDX-License-Identifier: Apache-2.0

#include "01_01/thread_cache.h"

#include <algorithm>

#include "tools/exercise/todo.h"

namespace workbook {

std::size_t ThreadCache::CapacityOf(std::size_t size_bytes) {
  return std::clamp<std::size_t>(kMaxBytesOfClass / size_bytes, 2, 1024);
}

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
  Todo("01_01 task 5: ThreadCache::SetUp");
}

void* ThreadCache::Refill(std::size_t size_class) {
  Todo("01_01 task 5: ThreadCache::Refill");
}

void ThreadCache::Overflow(std::size_t size_class, void* object) {
  Todo("01_01 task 5: ThreadCache::Overflow");
}

void ThreadCache::Flush() { Todo("01_01 task 5: ThreadCache::Flush"); }

void ThreadCache::GiveBack() { Todo("01_01 task 5: ThreadCache::GiveBack"); }

bool ThreadCache::GiveBackIsDue() {
  Todo("01_01 task 5: ThreadCache::GiveBackIsDue");
}

std::size_t ThreadCache::CachedBytes() const {
  Todo("01_01 task 5: ThreadCache::CachedBytes");
}

std::uint64_t ThreadCache::Hits() const {
  Todo("01_01 task 5: ThreadCache::Hits");
}

std::uint64_t ThreadCache::Misses() const {
  Todo("01_01 task 5: ThreadCache::Misses");
}

}  // namespace workbook
