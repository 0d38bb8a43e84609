// SPDX-License-Identifier: Apache-2.0

// A thread's cache over tiers of the test's own, and what goes in and out.
#ifndef WORKBOOK_EXERCISES_01_01_TESTING_OWN_THREAD_CACHE_H_
#define WORKBOOK_EXERCISES_01_01_TESTING_OWN_THREAD_CACHE_H_

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "01_01/thread_cache.h"
#include "exercises/01_01/testing/go_classes.h"

namespace workbook {

class OwnThreadCacheTest : public testing::Test {
 protected:
  static constexpr std::size_t kClass = 6;  // 64 bytes

  OwnThreadCacheTest() {
    for (std::size_t i = 1; i < kClassCount; ++i) {
      central_[i].Init(i, kGoClasses[i], heap_, *map_);
    }
    SetUpCache(cache_, slots_);
  }
  void SetUpCache(ThreadCache& cache, std::vector<void*>& slots) {
    slots.resize(CacheRoom::SlotBytes(kGoClasses.data()) / sizeof(void*));
    cache.SetUp(kGoClasses.data(), central_.data(), heap_, slots.data());
  }
  void* Allocate(ThreadCache& cache, std::size_t size_class) {
    void* const object = cache.Pop(size_class);
    return object != nullptr ? object : cache.Refill(size_class);
  }
  void Free(ThreadCache& cache, std::size_t size_class, void* object) {
    if (!cache.Push(size_class, object)) cache.Overflow(size_class, object);
  }
  std::size_t ObjectsOut() const {
    std::size_t objects = 0;
    for (const CentralFreeList& list : central_) {
      objects += list.GetStatistics().objects_out;
    }
    return objects;
  }

  LimitedPages source_;
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
  PageHeap heap_{source_, *map_};
  std::array<CentralFreeList, kClassCount> central_;
  ThreadCache cache_;
  std::vector<void*> slots_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_TESTING_OWN_THREAD_CACHE_H_
