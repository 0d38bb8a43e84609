// SPDX-License-Identifier: Apache-2.0

// Items of one thread, a pool and items of different lives, and a stress.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <iterator>
#include <latch>
#include <memory>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/shared_items.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

#if WORKBOOK_THREAD_SANITIZER
constexpr int kStressRounds = 2'000;
#else
constexpr int kStressRounds = 20'000;
#endif

TEST_F(Task8SharedPoolAllocator, StealsFromAThreadThatLives) {
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

TEST_F(Task8SharedPoolAllocator, ItemsOfAThreadThatExitedStayReachable) {
  ItemPool pool(Make);
  std::vector<std::unique_ptr<Item>> taken;
  taken.push_back(pool.Get());  // so this thread is known to the pool already
  std::thread([&] { PutAll(pool, MakeMany(kPrivate + 5)); }).join();
  EXPECT_EQ(pool.ItemsHeld(), kPrivate + 5);
  EXPECT_EQ(TakeUntilMiss(pool, taken), kPrivate + 5)
      << "private items of an exited thread are nobody's any more";
}

// The second life of a thread's place: whatever a thread leaves, private or in
// its list, the next thread has it, once, and can put as much as any other.
TEST_F(Task8SharedPoolAllocator, AnHeirHasWhatAThreadLeavesWhateverItLeaves) {
  for (const std::size_t left :
       {std::size_t{0}, std::size_t{1}, kPrivate / 2, kPrivate - 1, kPrivate,
        kPrivate + 1, 3 * kPrivate}) {
    for (const bool puts_first : {false, true}) {
      SCOPED_TRACE(testing::Message()
                   << left << " items were left, the heir "
                   << (puts_first ? "puts" : "gets") << " first");
      ItemPool pool(Make);
      std::thread([&] { PutAll(pool, MakeMany(left)); }).join();
      std::thread([&] {
        const std::size_t more = puts_first ? 2 * kPrivate : 0;
        PutAll(pool, MakeMany(more));
        std::vector<std::unique_ptr<Item>> taken;
        EXPECT_EQ(TakeUntilMiss(pool, taken), left + more);
        const std::set<std::unique_ptr<Item>> different(
            std::make_move_iterator(taken.begin()),
            std::make_move_iterator(taken.end()));
        EXPECT_EQ(different.size(), left + more) << "an item came twice";
      }).join();
      EXPECT_EQ(pool.ItemsHeld(), 0u);
    }
  }
}

TEST_F(Task8SharedPoolAllocator, PoolMayDieBeforeTheThreadsThatUsedIt) {
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

TEST_F(Task8SharedPoolAllocator, ItemMayOutliveThePool) {
  auto pool = std::make_unique<ItemPool>(Make);
  pool->Put(Make());
  std::unique_ptr<Item> item = pool->Get();
  pool.reset();
  EXPECT_EQ(Item::alive, 1);
  item.reset();
  EXPECT_EQ(Item::alive, 0);
}

TEST_F(Task8SharedPoolAllocator, KeepsThePoolsOfOneThreadApart) {
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

TEST_F(Task8SharedPoolAllocator, WorksInTheDestructorsOfAnExitingThread) {
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

TEST_F(Task8SharedPoolAllocator, HoldsNoLockWhileTheFactoryWorks) {
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

TEST_F(Task8SharedPoolAllocator, NeverLendsAnItemToTwoThreads) {
  ItemPool pool(Make);
  std::atomic<int> twice{0};
  std::atomic<bool> stop{false};
  std::thread collector([&] {
    while (!stop) pool.Collect();
  });
  const auto use = [&](std::size_t depth) {
    std::vector<std::unique_ptr<Item>> held(depth);
    for (int i = 0; i < kStressRounds / static_cast<int>(depth); ++i) {
      if (Item::used > static_cast<int>(Item::kMax) - 1'000) break;
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
