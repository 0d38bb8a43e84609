// SPDX-License-Identifier: Apache-2.0

// A thread's cache over tiers that are all written: whose objects it holds, and
// what the footprint is.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "01_01/thread_cache.h"
#include "exercises/01_01/testing/go_classes.h"
#include "exercises/01_01/testing/own_thread_cache.h"

namespace workbook {
namespace {

class Task3HiddenThreadCache : public OwnThreadCacheTest {};

TEST_F(Task3HiddenThreadCache, GivesBackWhatItCachesBeforeTheFootprintGrows) {
  const auto use = [&](std::size_t size_class) {
    std::vector<void*> objects(100'000 / kGoClasses[size_class].size_bytes);
    for (void*& object : objects) object = Allocate(cache_, size_class);
    for (void* object : objects) Free(cache_, size_class, object);
  };
  use(30);
  EXPECT_GE(cache_.CachedBytes(), 50'000u);
  // 1,536 bytes and more: a program's phases, each with sizes of its own.
  for (std::size_t size_class = 31; size_class < 50; ++size_class) {
    use(size_class);
  }
  EXPECT_LE(heap_.FootprintBytes(), 300'000u)
      << "20 times 50 KB and more would lie in the cache";
}

TEST_F(Task3HiddenThreadCache, GivesBackSeldomWhileTheHeapIsGrowing) {
  int due = 0;
  std::vector<void*> objects;
  while (heap_.FootprintBytes() < (std::size_t{4} << 20)) {
    if (cache_.GiveBackIsDue()) ++due, cache_.GiveBack();
    objects.push_back(Allocate(cache_, kClass));
  }
  // 512 pages; one of 64 parts at a time, from 1 page on.
  EXPECT_GE(due, 64);
  EXPECT_LE(due, 64 + 64 * 3);
  EXPECT_FALSE(cache_.GiveBackIsDue());
  for (void* object : objects) Free(cache_, kClass, object);
  heap_.Scavenge(0);
  EXPECT_FALSE(cache_.GiveBackIsDue()) << "it has shrunk";
}

TEST_F(Task3HiddenThreadCache, WaitsLongerAfterEachGiveBackWithoutUse) {
  heap_.Allocate(1);
  const auto pages_until_due = [&] {
    cache_.GiveBack();
    int pages = 0;
    for (; !cache_.GiveBackIsDue(); ++pages) heap_.Allocate(1);
    return pages;
  };
  EXPECT_EQ(pages_until_due(), 1);
  for (const int pages : {1, 2, 4, 8, 8}) {
    cache_.NoteGiveBack(false);
    EXPECT_EQ(pages_until_due(), pages) << "of growth, 64 KiB at most";
  }
  cache_.NoteGiveBack(true);
  EXPECT_EQ(pages_until_due(), 1);
  heap_.Allocate(16'384 / 8 * 9);
  cache_.NoteGiveBack(false);
  for (int i = 0; i < 20; ++i) cache_.NoteGiveBack(false);
  const std::size_t footprint_pages = heap_.FootprintBytes() / kPageBytes;
  const auto waits = static_cast<std::size_t>(pages_until_due());
  EXPECT_GE(waits, footprint_pages / 8 - 1);
  EXPECT_LE(waits, footprint_pages / 8 + 1) << "an eighth of a large heap";
}

TEST_F(Task3HiddenThreadCache, GivesBackWhenThereAreNoPages) {
  std::vector<void*> objects(65'536 / 64);
  for (void*& object : objects) object = Allocate(cache_, kClass);
  source_.maps_left = 0;
  heap_.Allocate(heap_.GetStatistics().free_bytes / kPageBytes);
  EXPECT_EQ(Allocate(cache_, 40), nullptr);
  for (void* object : objects) Free(cache_, kClass, object);
  EXPECT_NE(Allocate(cache_, 40), nullptr)
      << "the pages of what it cached serve another class";
}

TEST_F(Task3HiddenThreadCache, TakesObjectsOfOtherThreads) {
  ThreadCache other;
  std::vector<void*> other_slots;
  SetUpCache(other, other_slots);
  std::vector<void*> objects(3'000);
  for (int round = 0; round < 4; ++round) {
    std::thread([&] {
      for (void*& object : objects) object = Allocate(cache_, kClass);
    }).join();
    std::thread([&] {
      for (void* object : objects) Free(other, kClass, object);
    }).join();
  }
  cache_.Flush();
  other.Flush();
  EXPECT_EQ(ObjectsOut(), 0u) << "no object is lost on the way";
  central_[kClass].Flush();
  EXPECT_EQ(heap_.GetStatistics().in_use_bytes, 0u);
}

TEST_F(Task3HiddenThreadCache, RefillsByTheBatchAfterOthersHaveTakenItsShare) {
  heap_.Free(
      heap_.Allocate(1'600));  // used pages enough: nothing is given back
  for (std::size_t round = 0; round < 12; ++round) {
    for (std::size_t k = 0; k < 40 * (round + 1); ++k) {
      const std::size_t i = 20 + k % 48;
      std::vector<void*> others(2 * 65'536 / kGoClasses[i].size_bytes);
      for (void*& object : others) object = Allocate(cache_, i);
      for (void* object : others) Free(cache_, i, object);
    }
    const std::uint64_t misses = cache_.Misses();
    std::vector<void*> objects(640);
    for (void*& object : objects) object = Allocate(cache_, kClass);
    EXPECT_LE(cache_.Misses() - misses, 11u) << "round " << round;
    for (void* object : objects) Free(cache_, kClass, object);
  }
}

TEST_F(Task3HiddenThreadCache, TakesItsShareFromEveryOtherClass) {
  heap_.Free(heap_.Allocate(1'600));
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 20; i < kClassCount; ++i) {
      std::vector<void*> objects(2 * 65'536 / kGoClasses[i].size_bytes);
      for (void*& object : objects) object = Allocate(cache_, i);
      for (void* object : objects) Free(cache_, i, object);
    }
  }
  std::vector<void*> objects(200);
  const auto round = [&] {
    for (void*& object : objects) object = Allocate(cache_, 19);
    for (void* object : objects) Free(cache_, 19, object);
  };
  for (int i = 0; i < 20; ++i) round();
  const std::uint64_t misses = cache_.Misses();
  for (int i = 0; i < 5; ++i) round();
  EXPECT_EQ(cache_.Misses(), misses) << "200 of 227 objects fit";
}

}  // namespace
}  // namespace workbook
