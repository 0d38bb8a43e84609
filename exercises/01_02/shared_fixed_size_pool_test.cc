// SPDX-License-Identifier: Apache-2.0

#include "01_02/shared_fixed_size_pool.h"

#include <gtest/gtest.h>

#include <barrier>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "exercises/01_02/testing/lent_blocks.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr int kThreads = 4;

TEST(Task7SharedFixedSizePool, LendsABlockToOneThreadAtATime) {
  SharedFixedSizePool pool({.block_size_bytes = sizeof(std::uint64_t)});
  std::barrier start(kThreads);
  std::vector<int> overwritten(kThreads);
  const auto churn = [&](std::size_t id) {
    std::vector<std::uint64_t*> blocks(500);
    start.arrive_and_wait();
    for (int round = 0; round < 100; ++round) {
      for (auto& block : blocks) {
        block = new (pool.Allocate()) std::uint64_t(id);
      }
      for (const auto* block : blocks) overwritten[id] += *block != id;
      for (auto* block : blocks) pool.Deallocate(block);
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t id = 0; id < kThreads; ++id) threads.emplace_back(churn, id);
  for (std::thread& thread : threads) thread.join();
  for (const int count : overwritten) {
    EXPECT_EQ(count, 0) << "a block was lent to two threads";
  }
}

TEST(Task7SharedFixedSizePool, RecyclesBlocksThatAnotherThreadFrees) {
  SharedFixedSizePool pool({.block_size_bytes = 64, .blocks_per_chunk = 64});
  constexpr std::size_t kInFlight = 100;
  constexpr int kBlocks = 20'000;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<void*> queue;
  std::thread consumer([&] {
    for (int i = 0; i < kBlocks; ++i) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return !queue.empty(); });
      void* const block = queue.front();
      queue.pop_front();
      lock.unlock();
      changed.notify_one();
      pool.Deallocate(block);
    }
  });
  for (int i = 0; i < kBlocks; ++i) {
    void* const block = pool.Allocate();
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return queue.size() < kInFlight; });
    queue.push_back(block);
    lock.unlock();
    changed.notify_one();
  }
  consumer.join();
  // 100 in the queue, one in each hand, and in the pool at most 2 magazines of
  // 64 for each thread, one in trade and a chunk just begun; 20 000 went by.
  EXPECT_LE(pool.BytesHeld(), 1000u * 64u)
      << "blocks that the consumer frees have to reach the producer";
}

TEST(Task7SharedFixedSizePool, AllocatesNothingInSteadyState) {
  SharedFixedSizePool pool({.block_size_bytes = 64});
  const auto round = [&] { Lent lent(pool, 1000); };
  round();
  const std::size_t bytes_held = pool.BytesHeld();
  std::vector<void*> blocks(1000);
  AllocationScope scope;
  for (int i = 0; i < 10; ++i) {
    for (void*& block : blocks) block = pool.Allocate();
    for (void* block : blocks) pool.Deallocate(block);
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(pool.BytesHeld(), bytes_held);
}

TEST(Task7SharedFixedSizePool, ReportsEveryByteItHolds) {
  const FixedSizePool::Options options = {.block_size_bytes = 64,
                                          .blocks_per_chunk = 1000};
  {
    SharedFixedSizePool warm_up(options);  // what a thread's first use costs
    warm_up.Deallocate(warm_up.Allocate());
  }
  AllocationScope scope;
  SharedFixedSizePool pool(options);
  pool.Deallocate(pool.Allocate());
  EXPECT_GE(pool.BytesHeld(), 64'000u);
  EXPECT_EQ(scope.Counts().live_bytes,
            static_cast<std::int64_t>(pool.BytesHeld()));
}

TEST(Task7SharedFixedSizePool, HandsTheBlocksOfDeadThreadsOn) {
  SharedFixedSizePool pool({.block_size_bytes = 64, .blocks_per_chunk = 64});
  const auto use = [&] { Lent lent(pool, 128); };
  std::thread(use).join();
  const std::size_t bytes_held = pool.BytesHeld();
  for (int i = 0; i < 200; ++i) std::thread(use).join();
  EXPECT_EQ(pool.BytesHeld(), bytes_held)
      << "200 threads came and went: what they cached has to be used again";
}

TEST(Task7SharedFixedSizePool, KeepsItsBoundExactlyAcrossThreads) {
  SharedFixedSizePool pool({.block_size_bytes = 64, .max_blocks = 10});
  Lent lent(pool, 5);
  std::thread([&] {
    Lent more(pool, 6);
    EXPECT_EQ(more.blocks().size(), 5u) << "10 blocks, 5 of them lent before";
  }).join();
  for (int i = 0; i < 5; ++i) {
    EXPECT_NE(lent.Add(), nullptr) << "idle blocks must not hide in a thread";
  }
  EXPECT_EQ(lent.Add(), nullptr);
}

TEST(Task7SharedFixedSizePool, ServesMoreThreadsThanItHasCaches) {
  constexpr auto kMany = SharedFixedSizePool::kMaxCaches + 6;
  SharedFixedSizePool pool({.block_size_bytes = 64});
  std::barrier all_have_blocks(static_cast<std::ptrdiff_t>(kMany));
  std::vector<void*> blocks(kMany);
  std::vector<std::thread> threads;
  for (void*& block : blocks) {
    threads.emplace_back([&pool, &all_have_blocks, &block] {
      block = pool.Allocate();
      all_have_blocks.arrive_and_wait();
      pool.Deallocate(block);
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::set<void*> distinct(blocks.begin(), blocks.end());
  EXPECT_EQ(distinct.size(), kMany) << "a block was lent twice";
}

TEST(Task7SharedFixedSizePoolDeathTest, CatchesMisuseInDebugBuilds) {
  SharedFixedSizePool pool({.block_size_bytes = 64});
  void* const block = pool.Allocate();
  void* const inside = static_cast<std::byte*>(block) + 8;
  pool.Deallocate(block);
  if constexpr (!kDebugChecks) GTEST_SKIP() << "undefined in this build";
  EXPECT_DEATH(pool.Deallocate(block), "double free");
  EXPECT_DEATH(pool.Deallocate(inside), "foreign pointer");
}

}  // namespace
}  // namespace workbook
