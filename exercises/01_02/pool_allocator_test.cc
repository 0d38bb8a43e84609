#include "01_02/pool_allocator.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <latch>
#include <memory>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

#if defined(__SANITIZE_THREAD__)
constexpr int kStressRounds = 2'000;
#else
constexpr int kStressRounds = 20'000;
#endif

// An item that survives its own destruction: its memory comes from a fixed
// array, so that a pool that hands an item out twice, or destroys it twice, is
// told in words instead of by a crash.
struct Item {
  Item() { ++alive; }
  ~Item() {
    --alive;
    if (destroyed.exchange(true)) ++destroyed_twice;
  }
  static void* operator new(std::size_t) {
    return &memory[static_cast<std::size_t>(used++) * sizeof(Item)];
  }
  static void operator delete(void*) {}

  // Before each test.
  static void Reset() { alive = destroyed_twice = used = 0; }

  static constexpr std::size_t kMost = 100'000;
  static std::atomic<int> alive;
  static std::atomic<int> destroyed_twice;
  static std::atomic<int> used;
  static std::byte* const memory;

  std::atomic<bool> destroyed{false};
  std::atomic<bool> lent{false};
};
std::atomic<int> Item::alive{0};
std::atomic<int> Item::destroyed_twice{0};
std::atomic<int> Item::used{0};
std::byte* const Item::memory =
    static_cast<std::byte*>(::operator new(Item::kMost * sizeof(Item)));

using ItemPool = PoolAllocator<Item>;
constexpr std::size_t kPrivate = ItemPool::kPrivateItems;

std::unique_ptr<Item> Make() { return std::make_unique<Item>(); }

std::vector<std::unique_ptr<Item>> MakeMany(std::size_t count) {
  std::vector<std::unique_ptr<Item>> items;
  for (std::size_t i = 0; i < count; ++i) items.push_back(Make());
  return items;
}

void PutAll(ItemPool& pool, std::vector<std::unique_ptr<Item>> items) {
  for (auto& item : items) pool.Put(std::move(item));
}

// Takes until the factory had to be asked; returns how many were in the pool.
// The items stay with the caller, in `taken`.
std::size_t TakeUntilMiss(ItemPool& pool,
                          std::vector<std::unique_ptr<Item>>& taken) {
  const std::uint64_t misses = pool.Statistics().misses;
  for (std::size_t hits = 0; hits < Item::kMost; ++hits) {
    std::unique_ptr<Item> item = pool.Get();
    if (pool.Statistics().misses > misses) return hits;
    taken.push_back(std::move(item));
  }
  ADD_FAILURE() << "Get() counts neither hits nor misses, or never runs empty";
  return 0;
}

class Task4PoolAllocator : public testing::Test {
 protected:
  void SetUp() override { Item::Reset(); }
  void TearDown() override {
    EXPECT_EQ(Item::alive, 0) << "items leaked: the pool lost them";
    EXPECT_EQ(Item::destroyed_twice, 0) << "an item was destroyed twice";
  }
};

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

TEST_F(Task4PoolAllocator, StealsFromAThreadThatLives) {
  ItemPool pool(Make);
  std::latch put(1);
  std::latch done(1);
  std::thread owner([&] {
    PutAll(pool, MakeMany(4 * kPrivate));
    put.count_down();
    done.wait();
  });
  put.wait();
  std::vector<std::unique_ptr<Item>> taken;
  const std::size_t stolen = TakeUntilMiss(pool, taken);
  EXPECT_GE(stolen, 3 * kPrivate) << "only kPrivateItems may be kept back";
  EXPECT_GE(pool.Statistics().stolen_hits, 1u);
  const std::set<std::unique_ptr<Item>> different(
      std::make_move_iterator(taken.begin()),
      std::make_move_iterator(taken.end()));
  EXPECT_EQ(different.size(), stolen) << "an item was handed out twice";
  done.count_down();
  owner.join();
}

TEST_F(Task4PoolAllocator, ItemsOfAThreadThatExitedStayReachable) {
  ItemPool pool(Make);
  std::vector<std::unique_ptr<Item>> taken;
  taken.push_back(pool.Get());  // so this thread is known to the pool already
  std::thread([&] { PutAll(pool, MakeMany(kPrivate + 5)); }).join();
  EXPECT_EQ(pool.ItemsHeld(), kPrivate + 5);
  EXPECT_EQ(TakeUntilMiss(pool, taken), kPrivate + 5)
      << "private items of an exited thread are nobody's any more";
}

TEST_F(Task4PoolAllocator, PoolMayDieBeforeTheThreadsThatUsedIt) {
  auto pool = std::make_unique<ItemPool>(Make);
  ItemPool other(Make);
  std::latch put(1);
  std::latch dead(1);
  std::thread user([&] {
    PutAll(*pool, MakeMany(2 * kPrivate));
    other.Put(Make());
    put.count_down();
    dead.wait();
    other.Put(other.Get());
  });
  put.wait();
  pool.reset();
  EXPECT_EQ(Item::alive, 1) << "the pool destroys what its threads hold";
  dead.count_down();
  user.join();
  EXPECT_EQ(other.ItemsHeld(), 1u);
}

TEST_F(Task4PoolAllocator, ItemMayOutliveThePool) {
  auto pool = std::make_unique<ItemPool>(Make);
  pool->Put(Make());
  std::unique_ptr<Item> item = pool->Get();
  pool.reset();
  EXPECT_EQ(Item::alive, 1);
  item.reset();
  EXPECT_EQ(Item::alive, 0);
}

TEST_F(Task4PoolAllocator, KeepsThePoolsOfOneThreadApart) {
  std::vector<std::unique_ptr<ItemPool>> pools;
  for (int round = 0; round < 3; ++round) {
    std::vector<const Item*> addresses;
    for (int i = 0; i < 40; ++i) {
      pools.push_back(std::make_unique<ItemPool>(Make));
      auto item = pools.back()->Get();
      addresses.push_back(item.get());
      pools.back()->Put(std::move(item));
    }
    for (std::size_t i = 0; i < pools.size(); ++i) {
      EXPECT_EQ(pools[i]->Get().get(), addresses[i]);
    }
    pools.clear();
  }
}

struct PutsAtThreadExit {
  ~PutsAtThreadExit() {
    if (pool != nullptr) pool->Put(std::move(item));
  }
  ItemPool* pool = nullptr;
  std::unique_ptr<Item> item;
};

TEST_F(Task4PoolAllocator, WorksInTheDestructorsOfAnExitingThread) {
  ItemPool pool(Make);
  std::thread([&] {
    static thread_local PutsAtThreadExit last;  // made first, destroyed last
    last.item = pool.Get();
    last.pool = &pool;
  }).join();
  EXPECT_EQ(pool.ItemsHeld(), 1u);
  EXPECT_NE(pool.Get(), nullptr);
  EXPECT_EQ(Item::used, 1) << "the item was put by the exiting thread";
}

TEST_F(Task4PoolAllocator, HoldsNoLockWhileTheFactoryWorks) {
  std::promise<void> in_factory;
  std::promise<void> go_on;
  std::atomic<bool> wait{false};
  ItemPool pool([&] {
    if (wait.exchange(false)) {
      in_factory.set_value();
      go_on.get_future().wait();
    }
    return Make();
  });
  wait = true;
  std::thread slow([&] { pool.Put(pool.Get()); });
  in_factory.get_future().wait();
  auto other = std::async(std::launch::async, [&] { pool.Put(pool.Get()); });
  EXPECT_EQ(other.wait_for(std::chrono::seconds(3)), std::future_status::ready)
      << "Get() waits for another thread's factory";
  go_on.set_value();
  slow.join();
}

TEST_F(Task4PoolAllocator, NeverLendsAnItemToTwoThreads) {
  ItemPool pool(Make);
  std::atomic<int> twice{0};
  std::atomic<bool> stop{false};
  std::thread collector([&] {
    while (!stop) pool.Collect();
  });
  const auto use = [&](std::size_t depth) {
    std::vector<std::unique_ptr<Item>> held(depth);
    for (int i = 0; i < kStressRounds / static_cast<int>(depth); ++i) {
      if (Item::used > static_cast<int>(Item::kMost) - 1'000) break;
      for (auto& item : held) {
        item = pool.Get();
        if (item->lent.exchange(true)) ++twice;
      }
      for (auto& item : held) {
        item->lent = false;
        pool.Put(std::move(item));
      }
    }
  };
  std::vector<std::thread> threads;
  for (const std::size_t depth : {1u, 3u, 50u, 100u}) {
    threads.emplace_back(use, depth);
  }
  for (std::thread& thread : threads) thread.join();
  stop = true;
  collector.join();
  EXPECT_EQ(twice, 0);
  EXPECT_EQ(static_cast<std::size_t>(Item::alive.load()), pool.ItemsHeld());
}

}  // namespace
}  // namespace workbook
