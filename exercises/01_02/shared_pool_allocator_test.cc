// SPDX-License-Identifier: Apache-2.0

#include "01_02/shared_pool_allocator.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <latch>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/shared_items.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST_F(Task8SharedPoolAllocator, HandsOutTheItemThatWasPut) {
  ItemPool pool(Make);
  std::unique_ptr<Item> item = pool.Get();
  const Item* const address = item.get();
  pool.Put(std::move(item));
  EXPECT_EQ(pool.Get().get(), address);
}

TEST_F(Task8SharedPoolAllocator, AsksTheFactoryOnlyWhenItIsEmpty) {
  ItemPool pool(Make);
  pool.Put(pool.Get());
  pool.Put(pool.Get());
  const std::unique_ptr<Item> first = pool.Get();
  const std::unique_ptr<Item> second = pool.Get();
  EXPECT_EQ(Item::used, 2) << "two items were out at once, so two were made";
  EXPECT_EQ(pool.Statistics().misses, 2u);
  EXPECT_EQ(pool.Statistics().private_hits, 2u);
  EXPECT_DOUBLE_EQ(pool.Statistics().HitRate(), 0.5);
}

TEST_F(Task8SharedPoolAllocator, HitRateOfAnUnusedPoolIsZero) {
  const ItemPool pool(Make);
  EXPECT_EQ(pool.Statistics().HitRate(), 0.0);
}

TEST_F(Task8SharedPoolAllocator, AllocatesNothingInSteadyState) {
  ItemPool pool(Make);
  std::vector<std::unique_ptr<Item>> taken(3 * kPrivate);
  const auto round = [&] {
    for (auto& item : taken) item = pool.Get();
    for (auto& item : taken) pool.Put(std::move(item));
  };
  round();
  const int made = Item::used;
  const AllocationScope scope(ProbeExtent::kProcess);
  for (int i = 0; i < 100; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(Item::used, made) << "the factory was asked though items were idle";
}

TEST_F(Task8SharedPoolAllocator, ReportsWhatItHolds) {
  ItemPool pool(Make);
  EXPECT_EQ(pool.ItemsHeld(), 0u);
  PutAll(pool, MakeMany(100));
  EXPECT_EQ(pool.ItemsHeld(), 100u);
  EXPECT_EQ(pool.BytesHeld(), 100 * sizeof(Item));
  const std::unique_ptr<Item> item = pool.Get();
  EXPECT_EQ(pool.ItemsHeld(), 99u);
  pool.Collect();
  EXPECT_EQ(pool.ItemsHeld(), 99u) << "victims are still held";
  pool.Collect();
  EXPECT_EQ(pool.ItemsHeld(), 0u);
}

TEST_F(Task8SharedPoolAllocator, IdleItemSurvivesOneCollectAsAVictim) {
  ItemPool pool(Make);
  std::unique_ptr<Item> item = pool.Get();
  const Item* const address = item.get();
  pool.Put(std::move(item));
  pool.Collect();
  EXPECT_EQ(pool.Get().get(), address);
  EXPECT_EQ(pool.Statistics().victim_hits, 1u);
}

TEST_F(Task8SharedPoolAllocator, SecondCollectDestroysWhatStayedIdle) {
  ItemPool pool(Make);
  PutAll(pool, MakeMany(100));
  pool.Collect();
  EXPECT_EQ(Item::alive, 100);
  pool.Collect();
  EXPECT_EQ(Item::alive, 0) << "an idle item survives at most two collections";
}

TEST_F(Task8SharedPoolAllocator, TakingOneVictimDoesNotRescueTheOthers) {
  ItemPool pool(Make);
  PutAll(pool, MakeMany(100));
  pool.Collect();
  const std::unique_ptr<Item> taken = pool.Get();
  pool.Collect();
  EXPECT_EQ(Item::alive, 1) << "99 lay idle through two collections";
}

TEST_F(Task8SharedPoolAllocator, ItemUsedBetweenCollectsStays) {
  ItemPool pool(Make);
  pool.Put(pool.Get());
  for (int i = 0; i < 10; ++i) {
    pool.Collect();
    pool.Put(pool.Get());
  }
  EXPECT_EQ(Item::used, 1) << "an item that was used since is no victim";
}

TEST_F(Task8SharedPoolAllocator, CollectReachesTheItemsOfAThreadThatOnlyWaits) {
  ItemPool pool(Make);
  std::latch put(1);
  std::latch done(1);
  std::thread waiting([&] {
    pool.Put(Make());
    put.count_down();
    done.wait();
  });
  put.wait();
  pool.Collect();
  pool.Collect();
  EXPECT_EQ(Item::alive, 0) << "its private item was idle for two collections";
  done.count_down();
  waiting.join();
}

TEST_F(Task8SharedPoolAllocator, ThrowingFactoryLeavesThePoolAsItWas) {
  bool fail = true;
  ItemPool pool([&]() -> std::unique_ptr<Item> {
    if (fail) throw std::runtime_error("no more items");
    return Make();
  });
  EXPECT_THROW(pool.Get(), std::runtime_error);
  EXPECT_EQ(pool.Statistics().misses, 0u) << "nothing was handed out";
  EXPECT_EQ(pool.ItemsHeld(), 0u);
  fail = false;
  pool.Put(pool.Get());
  EXPECT_EQ(pool.Statistics().misses, 1u);
  EXPECT_EQ(pool.ItemsHeld(), 1u);
}

TEST_F(Task8SharedPoolAllocator, RefusesAnEmptyFactory) {
  EXPECT_THROW(ItemPool{nullptr}, std::invalid_argument);
}

TEST_F(Task8SharedPoolAllocator,
       HandsOnANullptrOfTheFactoryAndIgnoresOneThatIsPut) {
  ItemPool pool([] { return std::unique_ptr<Item>(); });
  pool.Put(nullptr);
  EXPECT_EQ(pool.ItemsHeld(), 0u);
  EXPECT_EQ(pool.Get(), nullptr);
  EXPECT_EQ(pool.Statistics().misses, 1u);
}

TEST_F(Task8SharedPoolAllocator, CountsItemsOfItsOwnListAsLocalHits) {
  ItemPool pool(Make);
  PutAll(pool, MakeMany(3 * kPrivate));
  std::vector<std::unique_ptr<Item>> taken;
  EXPECT_EQ(TakeUntilMiss(pool, taken), 3 * kPrivate);
  const SharedPoolAllocatorStatistics statistics = pool.Statistics();
  EXPECT_EQ(statistics.Hits(), 3 * kPrivate);
  EXPECT_GE(statistics.local_hits, 1u)
      << "more than the private items were put";
  EXPECT_EQ(statistics.stolen_hits, 0u);
}

TEST_F(Task8SharedPoolAllocator, TakesFromAnotherThreadBeforeItTakesAVictim) {
  ItemPool pool(Make);
  pool.Put(Make());
  pool.Collect();  // a victim
  std::latch put(1);
  std::latch done(1);
  std::thread other([&] {
    PutAll(pool, MakeMany(3 * kPrivate));
    put.count_down();
    done.wait();
  });
  put.wait();
  const std::unique_ptr<Item> taken = pool.Get();
  EXPECT_EQ(pool.Statistics().stolen_hits, 1u);
  EXPECT_EQ(pool.Statistics().victim_hits, 0u);
  done.count_down();
  other.join();
}

struct NotesItsEnd {
  ~NotesItsEnd() {
    if (ended_on != nullptr) ended_on->push_back(std::this_thread::get_id());
  }
  std::vector<std::thread::id>* ended_on = nullptr;
};

TEST_F(Task8SharedPoolAllocator, CollectDestroysOnTheCallingThread) {
  std::vector<std::thread::id> ended_on;
  SharedPoolAllocator<NotesItsEnd> pool(
      [] { return std::make_unique<NotesItsEnd>(); });
  std::thread([&] {
    for (std::size_t i = 0; i < kPrivate + 5; ++i) {
      pool.Put(std::make_unique<NotesItsEnd>(NotesItsEnd{&ended_on}));
    }
  }).join();
  ended_on.clear();  // of the temporaries
  pool.Collect();
  EXPECT_TRUE(ended_on.empty());
  pool.Collect();
  EXPECT_EQ(ended_on, std::vector<std::thread::id>(kPrivate + 5,
                                                   std::this_thread::get_id()));
}

TEST_F(Task8SharedPoolAllocator, CannotBeCopiedOrMoved) {
  EXPECT_FALSE(std::is_copy_constructible_v<ItemPool>);
  EXPECT_FALSE(std::is_move_constructible_v<ItemPool>);
  const ItemPool pool(Make);
  EXPECT_EQ(pool.BytesHeld(), 0u);
}

}  // namespace
}  // namespace workbook
