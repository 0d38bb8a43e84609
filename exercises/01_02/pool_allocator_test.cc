// SPDX-License-Identifier: Apache-2.0

#include "01_02/pool_allocator.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <latch>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/pooled_items.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST_F(Task4PoolAllocator, HandsOutTheItemThatWasPut) {
  ItemPool pool(Make);
  std::unique_ptr<Item> item = pool.Get();
  const Item* const address = item.get();
  pool.Put(std::move(item));
  EXPECT_EQ(pool.Get().get(), address);
}

TEST_F(Task4PoolAllocator, AsksTheFactoryOnlyWhenItIsEmpty) {
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

TEST_F(Task4PoolAllocator, HitRateOfAnUnusedPoolIsZero) {
  const ItemPool pool(Make);
  EXPECT_EQ(pool.Statistics().HitRate(), 0.0);
}

TEST_F(Task4PoolAllocator, AllocatesNothingInSteadyState) {
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

TEST_F(Task4PoolAllocator, ReportsWhatItHolds) {
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

TEST_F(Task4PoolAllocator, IdleItemSurvivesOneCollectAsAVictim) {
  ItemPool pool(Make);
  std::unique_ptr<Item> item = pool.Get();
  const Item* const address = item.get();
  pool.Put(std::move(item));
  pool.Collect();
  EXPECT_EQ(pool.Get().get(), address);
  EXPECT_EQ(pool.Statistics().victim_hits, 1u);
}

TEST_F(Task4PoolAllocator, SecondCollectDestroysWhatStayedIdle) {
  ItemPool pool(Make);
  PutAll(pool, MakeMany(100));
  pool.Collect();
  EXPECT_EQ(Item::alive, 100);
  pool.Collect();
  EXPECT_EQ(Item::alive, 0) << "an idle item survives at most two collections";
}

TEST_F(Task4PoolAllocator, TakingOneVictimDoesNotRescueTheOthers) {
  ItemPool pool(Make);
  PutAll(pool, MakeMany(100));
  pool.Collect();
  const std::unique_ptr<Item> taken = pool.Get();
  pool.Collect();
  EXPECT_EQ(Item::alive, 1) << "99 lay idle through two collections";
}

TEST_F(Task4PoolAllocator, ItemUsedBetweenCollectsStays) {
  ItemPool pool(Make);
  pool.Put(pool.Get());
  for (int i = 0; i < 10; ++i) {
    pool.Collect();
    pool.Put(pool.Get());
  }
  EXPECT_EQ(Item::used, 1) << "an item that was used since is no victim";
}

TEST_F(Task4PoolAllocator, CollectReachesTheItemsOfAThreadThatOnlyWaits) {
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

TEST_F(Task4PoolAllocator, ThrowingFactoryLeavesThePoolAsItWas) {
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

TEST_F(Task4PoolAllocator, RefusesAnEmptyFactory) {
  EXPECT_THROW(ItemPool{nullptr}, std::invalid_argument);
}

TEST_F(Task4PoolAllocator, HandsOnANullptrOfTheFactoryAndIgnoresOneThatIsPut) {
  ItemPool pool([] { return std::unique_ptr<Item>(); });
  pool.Put(nullptr);
  EXPECT_EQ(pool.ItemsHeld(), 0u);
  EXPECT_EQ(pool.Get(), nullptr);
  EXPECT_EQ(pool.Statistics().misses, 1u);
}

TEST_F(Task4PoolAllocator, CannotBeCopiedOrMoved) {
  EXPECT_FALSE(std::is_copy_constructible_v<ItemPool>);
  EXPECT_FALSE(std::is_move_constructible_v<ItemPool>);
  const ItemPool pool(Make);
  EXPECT_EQ(pool.BytesHeld(), 0u);
}

}  // namespace
}  // namespace workbook
