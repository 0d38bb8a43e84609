// SPDX-License-Identifier: Apache-2.0

#include "01_02/pool_allocator.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/pooled_items.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using ItemPool = PoolAllocator<Item>;

class Task5PoolAllocator : public PooledItemsTest {};

TEST_F(Task5PoolAllocator, HandsOutTheItemThatWasPut) {
  ItemPool pool(Make);
  std::unique_ptr<Item> item = pool.Get();
  const Item* const address = item.get();
  pool.Put(std::move(item));
  EXPECT_EQ(pool.Get().get(), address);
}

TEST_F(Task5PoolAllocator, HandsOutTheItemThatWasPutLast) {
  ItemPool pool(Make);
  std::vector<const Item*> put;
  for (int i = 0; i < 5; ++i) {
    put.push_back(new Item);
    pool.Put(std::unique_ptr<Item>(const_cast<Item*>(put.back())));
  }
  std::vector<std::unique_ptr<Item>> taken;
  for (int i = 0; i < 5; ++i) {
    taken.push_back(pool.Get());
    EXPECT_EQ(taken.back().get(), put.back())
        << "it is the warmest in the cache";
    put.pop_back();
  }
}

TEST_F(Task5PoolAllocator, AsksTheFactoryOnlyWhenItIsEmpty) {
  ItemPool pool(Make);
  pool.Put(pool.Get());
  pool.Put(pool.Get());
  const std::unique_ptr<Item> first = pool.Get();
  const std::unique_ptr<Item> second = pool.Get();
  EXPECT_EQ(Item::used, 2) << "two items were out at once, so two were made";
  EXPECT_EQ(pool.Statistics().misses, 2u);
  EXPECT_EQ(pool.Statistics().hits, 2u);
  EXPECT_EQ(pool.Statistics().victim_hits, 0u);
  EXPECT_DOUBLE_EQ(pool.Statistics().HitRate(), 0.5);
}

TEST_F(Task5PoolAllocator, HitRateOfAnUnusedPoolIsZero) {
  const ItemPool pool(Make);
  EXPECT_EQ(pool.Statistics().HitRate(), 0.0);
}

TEST_F(Task5PoolAllocator, AllocatesNothingInSteadyState) {
  ItemPool pool(Make);
  std::vector<std::unique_ptr<Item>> taken(100);
  const auto round = [&] {
    for (auto& item : taken) item = pool.Get();
    for (auto& item : taken) pool.Put(std::move(item));
  };
  round();
  const int made = Item::used;
  const AllocationScope scope;
  for (int i = 0; i < 100; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(Item::used, made) << "the factory was asked though items were idle";
}

TEST_F(Task5PoolAllocator, ReportsWhatItHolds) {
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

TEST_F(Task5PoolAllocator, IdleItemSurvivesOneCollectAsAVictim) {
  ItemPool pool(Make);
  std::unique_ptr<Item> item = pool.Get();
  const Item* const address = item.get();
  pool.Put(std::move(item));
  pool.Collect();
  EXPECT_EQ(pool.Get().get(), address);
  EXPECT_EQ(pool.Statistics().victim_hits, 1u);
  EXPECT_EQ(pool.Statistics().hits, 0u);
  EXPECT_DOUBLE_EQ(pool.Statistics().HitRate(), 0.5)
      << "a victim is a hit, too";
}

TEST_F(Task5PoolAllocator, TakesAnIdleItemBeforeAVictim) {
  ItemPool pool(Make);
  pool.Put(Make());
  pool.Collect();
  auto younger = Make();
  const Item* const address = younger.get();
  pool.Put(std::move(younger));
  EXPECT_EQ(pool.Get().get(), address);
  EXPECT_EQ(pool.Statistics().hits, 1u);
  EXPECT_EQ(pool.Statistics().victim_hits, 0u);
}

TEST_F(Task5PoolAllocator, SecondCollectDestroysWhatStayedIdle) {
  ItemPool pool(Make);
  PutAll(pool, MakeMany(100));
  pool.Collect();
  RecordProperty("alive_after_one_collect", Item::alive);
  EXPECT_EQ(Item::alive, 100);
  pool.Collect();
  EXPECT_EQ(Item::alive, 0) << "an idle item survives at most two collections";
}

TEST_F(Task5PoolAllocator, TakingOneVictimDoesNotRescueTheOthers) {
  ItemPool pool(Make);
  PutAll(pool, MakeMany(100));
  pool.Collect();
  const std::unique_ptr<Item> taken = pool.Get();
  pool.Collect();
  EXPECT_EQ(Item::alive, 1) << "99 lay idle through two collections";
}

TEST_F(Task5PoolAllocator, ItemUsedBetweenCollectsStays) {
  ItemPool pool(Make);
  pool.Put(pool.Get());
  for (int i = 0; i < 10; ++i) {
    pool.Collect();
    pool.Put(pool.Get());
  }
  EXPECT_EQ(Item::used, 1) << "an item that was used since is no victim";
}

// A load of five objects, and a burst of a hundred in its middle.
TEST_F(Task5PoolAllocator, ForgetsABurstAfterTwoCollects) {
  ItemPool pool(Make);
  const auto load = [&](std::size_t count) {
    std::vector<std::unique_ptr<Item>> taken(count);
    for (auto& item : taken) item = pool.Get();
    for (auto& item : taken) pool.Put(std::move(item));
  };
  load(5);
  load(100);
  pool.Collect();
  load(5);
  pool.Collect();
  load(5);
  EXPECT_EQ(pool.ItemsHeld(), 5u) << "what the burst needed is gone";
  EXPECT_EQ(Item::used, 100) << "and the load found its five all the time";
  RecordProperty("misses", static_cast<int>(pool.Statistics().misses));
}

TEST_F(Task5PoolAllocator, ThrowingFactoryLeavesThePoolAsItWas) {
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

TEST_F(Task5PoolAllocator, RefusesAnEmptyFactory) {
  EXPECT_THROW(ItemPool{nullptr}, std::invalid_argument);
}

TEST_F(Task5PoolAllocator, HandsOnANullptrOfTheFactoryAndIgnoresOneThatIsPut) {
  ItemPool pool([] { return std::unique_ptr<Item>(); });
  pool.Put(nullptr);
  EXPECT_EQ(pool.ItemsHeld(), 0u);
  EXPECT_EQ(pool.Get(), nullptr);
  EXPECT_EQ(pool.Statistics().misses, 1u);
}

TEST_F(Task5PoolAllocator, ItemMayOutliveThePool) {
  auto pool = std::make_unique<ItemPool>(Make);
  PutAll(*pool, MakeMany(3));
  pool->Collect();
  pool->Put(Make());
  std::unique_ptr<Item> item = pool->Get();
  pool.reset();
  EXPECT_EQ(Item::alive, 1) << "the pool destroys what it holds, victims too";
}

// An item that calls its pool while it dies, as a cache does that gives parts
// of itself back.
struct UsesItsPool {
  std::function<void()> at_the_end;
  ~UsesItsPool() {
    if (at_the_end) at_the_end();
  }
};

TEST_F(Task5PoolAllocator, DestructorsMayCallThePoolDuringCollect) {
  PoolAllocator<UsesItsPool> pool(
      [] { return std::make_unique<UsesItsPool>(); });
  int ended = 0;
  bool collects = false;
  for (int i = 0; i < 10; ++i) {
    auto item = std::make_unique<UsesItsPool>();
    item->at_the_end = [&] {
      if (!collects) return;
      ++ended;
      pool.Put(std::make_unique<UsesItsPool>());
    };
    pool.Put(std::move(item));
  }
  collects = true;
  pool.Collect();
  pool.Collect();
  collects = false;
  EXPECT_EQ(ended, 10);
  EXPECT_EQ(pool.ItemsHeld(), 10u)
      << "the pool must hold the ten items that the destructors put";
  pool.Get();
  EXPECT_EQ(pool.Statistics().hits, 1u)
      << "what a destructor put during Collect must be idle, not a victim";
}

TEST_F(Task5PoolAllocator, CannotBeCopiedOrMoved) {
  EXPECT_FALSE(std::is_copy_constructible_v<ItemPool>);
  EXPECT_FALSE(std::is_move_constructible_v<ItemPool>);
  const ItemPool pool(Make);
  EXPECT_EQ(pool.BytesHeld(), 0u);
}

}  // namespace
}  // namespace workbook
