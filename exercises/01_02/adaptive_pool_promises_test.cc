// SPDX-License-Identifier: Apache-2.0

// Batches, failures, and what clock and upstream may do.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory_resource>
#include <new>
#include <utility>
#include <vector>

#include "01_02/adaptive_pool.h"
#include "exercises/01_02/testing/adaptive_pool_rig.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

TEST(Task12AdaptivePoolPromises, ABatchOfNothingDoesNothing) {
  Rig rig;
  const int reads = rig.clock.reads;
  void* nothing = nullptr;
  rig.pool.AcquireBatch({});
  rig.pool.ReleaseBatch({});
  rig.pool.ReleaseBatch({&nothing, 1});
  EXPECT_EQ(rig.clock.reads, reads);
  const AdaptivePoolStatistics statistics = rig.pool.Statistics();
  EXPECT_EQ(statistics.hits + statistics.misses + statistics.drops, 0u);
  EXPECT_EQ(statistics.lent_blocks, 0u);
}

TEST(Task12AdaptivePoolPromises, ABatchComesAsItWentBack) {
  Rig rig(8);
  std::array<void*, 6> blocks;
  rig.pool.AcquireBatch(blocks);
  rig.pool.ReleaseBatch(blocks);
  std::array<void*, 4> newest;
  rig.pool.AcquireBatch(newest);
  for (std::size_t i = 0; i < newest.size(); ++i) {
    EXPECT_EQ(newest[i], blocks[i + 2])
        << "the last one is the newest, at " << i;
  }
  rig.pool.ReleaseBatch(newest);
}

TEST(Task12AdaptivePoolPromises, ABatchMayHaveHoles) {
  Rig rig(8);
  std::array<void*, 3> blocks;
  rig.pool.AcquireBatch(blocks);
  const std::array<void*, 6> with_holes = {nullptr,   blocks[0], nullptr,
                                           blocks[1], blocks[2], nullptr};
  rig.pool.ReleaseBatch(with_holes);
  EXPECT_EQ(rig.Retained(), 3u);
  EXPECT_EQ(rig.pool.Statistics().lent_blocks, 0u);
}

TEST(Task12AdaptivePoolPromises, TheDefaultClockIsTheSteadyOne) {
  const auto before = std::chrono::steady_clock::now();
  const auto tick = AdaptivePoolOptions().clock();
  EXPECT_LE(tick, std::chrono::steady_clock::now());
  EXPECT_GE(tick, before - std::chrono::seconds(1));
}

TEST(Task12AdaptivePoolPromises, WarmKeepsWhatItMadeBeforeItFailed) {
  Rig rig;
  rig.upstream.allowed = 1;
  EXPECT_THROW(rig.pool.Warm(3, 64), std::bad_alloc);
  EXPECT_EQ(rig.Retained(), 1u);
  rig.upstream.allowed = 1 << 20;
  EXPECT_EQ(rig.pool.Warm(3, 64), 3u);
}

TEST(Task12AdaptivePoolPromises, APoolThatIsUsedByBatchesAdaptsToo) {
  Rig rig;
  rig.pool.Warm(64, 64);
  const std::size_t limit = rig.Limit();
  std::array<void*, 32> blocks;
  const auto batch = [&] {
    rig.pool.AcquireBatch(blocks);
    rig.pool.ReleaseBatch(blocks);
  };
  const int reads = rig.clock.reads;
  for (int i = 0; i < 20; ++i) batch();
  EXPECT_EQ(rig.clock.reads - reads, 10) << "640 blocks: one read for each 64";
  rig.clock.now_seconds += 4;
  batch();
  batch();
  EXPECT_LT(rig.Limit(), limit) << "half of what it keeps is never used";
}

TEST(Task12AdaptivePoolPromises, MakesRoomForItsPointersInOneAllocation) {
  AdaptivePoolOptions options;
  options.block_bytes = 64;
  {
    options.max_retained_bytes = 1024 * 64;
    AdaptivePoolOptions moved = options;
    const AllocationScope scope;
    const AdaptivePool pool(std::move(moved));
    EXPECT_EQ(scope.Counts().allocations, 1);
    EXPECT_EQ(scope.Counts().live_bytes, 8 * 1024);
  }
  {
    options.max_retained_bytes = 63;  // not one block
    AdaptivePoolOptions moved = options;
    const AllocationScope scope;
    const AdaptivePool pool(std::move(moved));
    EXPECT_EQ(scope.Counts().allocations, 0);
  }
}

TEST(Task12AdaptivePoolPromises, WorksTheSameWithoutItsLock) {
  std::vector<AdaptivePoolStatistics> seen;
  for (const bool thread_safe : {true, false}) {
    FakeClock clock;
    AdaptivePoolOptions options;
    options.block_bytes = 64;
    options.thread_safe = thread_safe;
    options.clock = [&clock] { return clock(); };
    AdaptivePool pool(options);
    for (const std::size_t count : {10u, 40u, 40u, 3u, 3u, 3u, 3u, 3u, 20u}) {
      std::vector<void*> blocks(count);
      for (void*& block : blocks) block = pool.Acquire();
      for (void* block : blocks) pool.Release(block);
      clock.now_seconds += 1;
      pool.Adapt();
    }
    seen.push_back(pool.Statistics());
  }
  EXPECT_EQ(seen[0].hits, seen[1].hits);
  EXPECT_EQ(seen[0].misses, seen[1].misses);
  EXPECT_EQ(seen[0].drops, seen[1].drops);
  EXPECT_EQ(seen[0].grows, seen[1].grows);
  EXPECT_EQ(seen[0].shrinks, seen[1].shrinks);
  EXPECT_EQ(seen[0].retained_limit_blocks, seen[1].retained_limit_blocks);
}

// A resource that asks the pool on each call.
class AskingResource : public std::pmr::memory_resource {
 public:
  const AdaptivePool* pool = nullptr;
  std::size_t calls = 0;

 private:
  void Ask() {
    ++calls;
    if (pool != nullptr) static_cast<void>(pool->Statistics());
  }
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    Ask();
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* block, std::size_t bytes,
                     std::size_t alignment) override {
    Ask();
    std::pmr::new_delete_resource()->deallocate(block, bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
};

// A lock that is held meanwhile would wait for itself, and the test would end
// by its time limit.
TEST(Task12AdaptivePoolPromises, ClockAndUpstreamMayCallThePool) {
  AskingResource upstream;
  const AdaptivePool* asked = nullptr;
  int now_seconds = 1000;
  AdaptivePoolOptions options;
  options.block_bytes = 64;
  options.upstream = &upstream;
  options.clock = [&] {
    if (asked != nullptr) static_cast<void>(asked->Statistics());
    return std::chrono::steady_clock::time_point(
        std::chrono::seconds(now_seconds));
  };
  AdaptivePool pool(options);
  asked = upstream.pool = &pool;
  pool.Warm(20, 64);
  void* const block = pool.Acquire();
  pool.Release(block);
  std::array<void*, 30> blocks;
  pool.AcquireBatch(blocks);
  pool.ReleaseBatch(blocks);
  for (int i = 0; i < 8; ++i) {
    ++now_seconds;
    pool.Adapt();
  }
  pool.Trim();
  EXPECT_GE(upstream.calls, 30u);
  upstream.pool = nullptr;
  asked = nullptr;
}

}  // namespace
}  // namespace workbook
