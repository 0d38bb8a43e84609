// SPDX-License-Identifier: Apache-2.0

#include "01_01/thread_cache.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "exercises/01_01/testing/go_classes.h"
#include "exercises/01_01/testing/own_thread_cache.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task3ThreadCache : public OwnThreadCacheTest {
 protected:
  // What the cache takes is a small part of it, whatever the heap maps for
  // that: from the second miss on, nothing is due to be given back.
  bool MakeFootprintLarge() {
    constexpr std::size_t kBytes = ThreadCache::kGiveBackPart << 24;
    return heap_.Allocate(kBytes / kPageBytes) != nullptr;  // none is touched
  }
};

TEST_F(Task3ThreadCache, StandsForNoneUntilItIsSetUp) {
  ThreadCache none;
  int object = 0;
  for (std::size_t i = 0; i <= kTinyClass; ++i) {
    EXPECT_EQ(none.Pop(i), nullptr);
    EXPECT_FALSE(none.Push(i, &object)) << "class " << i;
  }
  EXPECT_FALSE(cache_.Push(0, &object)) << "large objects are never cached";
  EXPECT_FALSE(cache_.Push(kTinyClass, &object));
}

TEST_F(Task3ThreadCache, AnswersHitsWithoutTheCentre) {
  void* const object = Allocate(cache_, kClass);
  Free(cache_, kClass, object);
  const std::uint64_t fetches = central_[kClass].GetStatistics().fetches;
  AllocationScope scope;
  for (int i = 0; i < 10'000; ++i) {
    void* const again = cache_.Pop(kClass);
    ASSERT_EQ(again, object) << "last in, first out";
    ASSERT_TRUE(cache_.Push(kClass, again));
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(central_[kClass].GetStatistics().fetches, fetches);
  EXPECT_EQ(central_[kClass].GetStatistics().releases, 0u);
  EXPECT_EQ(cache_.Hits(), 10'000u);
  EXPECT_EQ(cache_.Misses(), 1u);
}

TEST_F(Task3ThreadCache, RefillsByTheBatch) {
  std::vector<void*> objects(640);
  for (void*& object : objects) object = Allocate(cache_, kClass);
  RecordProperty("locks", static_cast<int>(cache_.Misses()));
  EXPECT_EQ(cache_.Misses(), 10u) << "64 objects a batch";
  EXPECT_EQ(std::set<void*>(objects.begin(), objects.end()).size(), 640u);
}

TEST_F(Task3ThreadCache, RefillsByTheBatchAfterOthersHaveTakenItsShare) {
  ASSERT_TRUE(MakeFootprintLarge());
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

TEST_F(Task3ThreadCache, LearnsToHoldWhatIsUsed) {
  std::vector<void*> objects(1'000);
  const auto round = [&] {
    const std::uint64_t before = cache_.Misses();
    for (void*& object : objects) object = Allocate(cache_, kClass);
    for (void* object : objects) Free(cache_, kClass, object);
    return static_cast<int>(cache_.Misses() - before);
  };
  RecordProperty("first_round", round());
  for (int i = 2; i < 10; ++i) round();
  RecordProperty("tenth_round", round());
  for (int i = 10; i < 20; ++i) round();
  const std::uint64_t misses = cache_.Misses();
  for (int i = 0; i < 5; ++i) round();
  EXPECT_EQ(cache_.Misses(), misses) << "1000 of 1024 objects fit";
}

TEST_F(Task3ThreadCache, KeepsItsBoundInEveryClass) {
  ASSERT_TRUE(MakeFootprintLarge());
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 1; i < kClassCount; ++i) {
      std::vector<void*> objects(2 * 65'536 / kGoClasses[i].size_bytes + 4);
      for (void*& object : objects) object = Allocate(cache_, i);
      for (void* object : objects) Free(cache_, i, object);
      ASSERT_LE(cache_.CachedBytes(), cache_.LimitBytes());
      ASSERT_LE(cache_.LimitBytes(), CacheRoom::kMaxBytes) << "class " << i;
    }
  }
  EXPECT_GE(cache_.CachedBytes(), CacheRoom::kMaxBytes / 4)
      << "a bound is no reason to cache nothing";
}

TEST_F(Task3ThreadCache, SendsWhatDoesNotFitToTheCentre) {
  std::vector<void*> objects(5'000);
  for (void*& object : objects) object = Allocate(cache_, kClass);
  for (void* object : objects) Free(cache_, kClass, object);
  const std::size_t kept = central_[kClass].GetStatistics().objects_out;
  EXPECT_LE(kept, CacheRoom::CapacityOf(64));
  EXPECT_EQ(cache_.CachedBytes(), kept * 64)
      << "every object is in the cache or in the centre";
}

TEST_F(Task3ThreadCache, FlushReturnsEveryObject) {
  for (const std::size_t i : {1u, 6u, 33u, 67u}) {
    std::vector<void*> objects(50);
    for (void*& object : objects) object = Allocate(cache_, i);
    for (void* object : objects) Free(cache_, i, object);
  }
  EXPECT_GT(ObjectsOut(), 0u);
  cache_.Flush();
  EXPECT_EQ(ObjectsOut(), 0u);
  EXPECT_EQ(cache_.CachedBytes(), 0u);
  EXPECT_EQ(cache_.LimitBytes(), 0u);
  EXPECT_NE(Allocate(cache_, kClass), nullptr) << "it can be used again";
}

TEST_F(Task3ThreadCache, GivesBackAndKeepsItsLimits) {
  Free(cache_, kClass, Allocate(cache_, kClass));
  const std::size_t limit_bytes = cache_.LimitBytes();
  EXPECT_GT(cache_.CachedBytes(), 0u);
  cache_.GiveBack();
  EXPECT_EQ(cache_.CachedBytes(), 0u);
  EXPECT_EQ(cache_.LimitBytes(), limit_bytes);
  EXPECT_EQ(ObjectsOut(), 0u);
  EXPECT_FALSE(cache_.GiveBackIsDue()) << "not at once once more";
}

TEST_F(Task3ThreadCache, GivesBackWhatTheCentreHasBuffered) {
  void* objects[64];
  const std::size_t count = central_[kClass].Fetch(objects, 64);
  central_[kClass].Release(objects, count);
  cache_.GiveBack();
  EXPECT_FALSE(central_[kClass].HasBuffered());
}

TEST_F(Task3ThreadCache, GivesBackWhenThereAreNoPages) {
  std::vector<void*> objects(100);
  for (void*& object : objects) object = Allocate(cache_, kClass);
  for (void* object : objects) Free(cache_, kClass, object);
  EXPECT_GE(cache_.CachedBytes(), 100u * 64);
  source_.maps_left = 0;
  while (heap_.Allocate(1) != nullptr) {
  }
  Allocate(cache_, 40);
  EXPECT_EQ(central_[kClass].GetStatistics().objects_out, 0u)
      << "its pages might serve another class";
}

TEST_F(Task3ThreadCache, RaisesItsLimitByABatchWhereThereIsNoRoom) {
  std::vector<void*> objects(65);
  for (void*& object : objects) object = Allocate(cache_, kClass);
  EXPECT_EQ(cache_.LimitBytes(), 4'096u) << "a batch of 64, once";
  cache_.Flush();
  EXPECT_EQ(cache_.LimitBytes(), 0u);
  Free(cache_, kClass, objects[0]);
  EXPECT_EQ(cache_.LimitBytes(), 4'096u) << "there was no room";
  for (std::size_t i = 1; i < 64; ++i) Free(cache_, kClass, objects[i]);
  EXPECT_EQ(cache_.LimitBytes(), 4'096u);
  Free(cache_, kClass, objects[64]);
  EXPECT_EQ(cache_.LimitBytes(), 8'192u);
}

TEST_F(Task3ThreadCache, TouchesFewSlotsForFewObjectsOfManyClasses) {
  for (std::size_t i = 1; i < kClassCount; ++i) {
    void* const object = Allocate(cache_, i);
    Free(cache_, i, object);
    Free(cache_, i, Allocate(cache_, i));
  }
  constexpr std::size_t kSlotsAPage = 4096 / sizeof(void*);
  std::set<std::size_t> touched;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i] != nullptr) touched.insert(i / kSlotsAPage);
  }
  EXPECT_LE(touched.size(), 3u) << "of " << slots_.size() / kSlotsAPage;
}

TEST_F(Task3ThreadCache, TakesObjectsOfOtherThreads) {
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
}

TEST_F(Task3ThreadCache, FailsCleanlyWithoutPages) {
  source_.maps_left = 0;
  EXPECT_EQ(Allocate(cache_, kClass), nullptr);
  EXPECT_EQ(cache_.CachedBytes(), 0u);
  source_.maps_left = 10;
  EXPECT_NE(Allocate(cache_, kClass), nullptr);
}

TEST_F(Task3ThreadCache, HasSensibleCapacities) {
  EXPECT_EQ(CacheRoom::CapacityOf(8), 1024u);
  EXPECT_EQ(CacheRoom::CapacityOf(1024), 64u);
  EXPECT_EQ(CacheRoom::CapacityOf(32'768), 2u);
  EXPECT_EQ(CacheRoom::SlotBytes(kGoClasses.data()), 121'872u);
}

}  // namespace
}  // namespace workbook
