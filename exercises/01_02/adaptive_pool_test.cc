// SPDX-License-Identifier: Apache-2.0

#include "01_02/adaptive_pool.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstring>
#include <memory_resource>
#include <new>
#include <set>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "exercises/01_02/testing/adaptive_pool_rig.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::seconds;

static_assert(!std::is_copy_constructible_v<AdaptivePool>);
static_assert(!std::is_move_constructible_v<AdaptivePool>,
              "a moved-from pool cannot take its blocks back");

TEST(Task12AdaptivePool, LendsTheBlockThatCameBackLast) {
  Rig rig;
  rig.pool.Warm(2, 64);
  void* const first = rig.pool.Acquire();
  void* const second = rig.pool.Acquire();
  rig.pool.Release(first);
  rig.pool.Release(second);
  EXPECT_EQ(rig.pool.Acquire(), second) << "the warmest block comes first";
  EXPECT_EQ(rig.pool.Acquire(), first);
  rig.pool.Release(first);
  rig.pool.Release(second);
}

TEST(Task12AdaptivePool, LendsDistinctAlignedBlocks) {
  Rig rig;
  AdaptivePoolOptions options = rig.Options(0, 10);
  options.block_bytes = 48;
  options.block_alignment = 256;
  AdaptivePool pool(options);
  std::set<void*> blocks;
  for (int i = 0; i < 30; ++i) {
    void* const block = pool.Acquire();
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 256, 0u);
    std::memset(block, i, 48);
    EXPECT_TRUE(blocks.insert(block).second) << "the same block lent twice";
  }
  for (void* block : blocks) pool.Release(block);
}

TEST(Task12AdaptivePool, ServesWarmedBlocksWithoutOneAllocation) {
  Rig rig;
  EXPECT_EQ(rig.pool.Warm(100, 64), 100u);
  EXPECT_EQ(rig.upstream.allocations, 100) << "warming makes each block once";
  std::vector<void*> blocks(100);
  AllocationScope scope;
  for (void*& block : blocks) block = rig.pool.Acquire();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(rig.pool.Statistics().hits, 100u);
  for (void* block : blocks) rig.pool.Release(block);
  EXPECT_EQ(scope.Counts().frees, 0)
      << "warmed blocks are kept when they return";
}

TEST(Task12AdaptivePool, WarmMakesOnlyWhatIsMissing) {
  Rig rig(0, 50);
  EXPECT_EQ(rig.pool.Warm(30, 1), 30u);
  EXPECT_EQ(rig.pool.Warm(40, 64), 40u);
  EXPECT_EQ(rig.upstream.allocations, 40);
  EXPECT_EQ(rig.pool.Warm(10, 64), 10u) << "more are ready than asked for";
  EXPECT_EQ(rig.pool.Warm(60, 64), 50u) << "the maximum is 50 blocks";
  EXPECT_EQ(rig.pool.Warm(1, 65), 0u) << "a block has only 64 bytes";
  EXPECT_EQ(rig.Retained(), 50u);
}

TEST(Task12AdaptivePool, KeepsNoMoreThanItsLimit) {
  Rig rig(4);
  rig.Swing(1000);
  EXPECT_EQ(rig.Retained(), 4u);
  EXPECT_EQ(rig.pool.Statistics().drops, 996u);
  EXPECT_EQ(rig.upstream.Outstanding(), 4);
}

TEST(Task12AdaptivePool, WithoutRoomItKeepsNothing) {
  Rig rig;
  AdaptivePoolOptions options = rig.Options(0, 1);
  options.max_retained_bytes = 63;  // less than one block
  AdaptivePool pool(options);
  EXPECT_EQ(pool.Warm(5, 64), 0u);
  pool.Release(pool.Acquire());
  EXPECT_EQ(pool.Statistics().retained_blocks, 0u);
  EXPECT_EQ(rig.upstream.Outstanding(), 0);
}

TEST(Task12AdaptivePool, ReportsWhatItHolds) {
  Rig rig(3);
  void* const first = rig.pool.Acquire();
  void* const second = rig.pool.Acquire();
  rig.pool.Release(first);
  rig.pool.Release(nullptr);
  rig.pool.Release(rig.pool.Acquire());
  const AdaptivePoolStatistics statistics = rig.pool.Statistics();
  EXPECT_EQ(statistics.hits, 1u);
  EXPECT_EQ(statistics.misses, 2u);
  EXPECT_EQ(statistics.lent_blocks, 1u);
  EXPECT_EQ(statistics.retained_blocks, 1u);
  EXPECT_EQ(statistics.held_bytes, 128u) << "one lent, one kept, 64 bytes each";
  rig.pool.Release(second);
}

TEST(Task12AdaptivePool, BatchesCountAsSingleCallsDo) {
  Rig rig(8);
  std::vector<void*> blocks(10);
  rig.pool.AcquireBatch(blocks);
  EXPECT_EQ(std::set<void*>(blocks.begin(), blocks.end()).size(), 10u);
  rig.pool.ReleaseBatch(blocks);
  EXPECT_EQ(rig.pool.Statistics().drops, 2u) << "8 of 10 fit";
  AllocationScope scope;
  rig.pool.AcquireBatch(std::span(blocks).first(8));
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(rig.pool.Statistics().hits, 8u);
  EXPECT_EQ(rig.pool.Statistics().misses, 10u);
  rig.pool.ReleaseBatch(std::span(blocks).first(8));
  EXPECT_EQ(rig.pool.Statistics().lent_blocks, 0u);
}

TEST(Task12AdaptivePool, AnAcquireThatFailsLendsNothing) {
  Rig rig(4);
  rig.pool.Warm(2, 64);
  rig.upstream.allowed = 1;
  std::vector<void*> blocks(4);
  EXPECT_THROW(rig.pool.AcquireBatch(blocks), std::bad_alloc);
  EXPECT_EQ(rig.pool.Statistics().lent_blocks, 0u)
      << "two were kept, one was made, one failed: none may stay lent";
  EXPECT_EQ(rig.pool.Statistics().misses, 2u);
  EXPECT_EQ(rig.upstream.Outstanding(), 2) << "the third block has leaked";
}

TEST(Task12AdaptivePool, PassesUpstreamsFailureOnAndStaysUsable) {
  Rig rig(4);
  rig.upstream.allowed = 0;
  EXPECT_THROW(rig.pool.Acquire(), std::bad_alloc);
  EXPECT_THROW(rig.pool.Warm(2, 64), std::bad_alloc);
  EXPECT_EQ(rig.pool.Statistics().lent_blocks, 0u);
  EXPECT_EQ(rig.pool.Statistics().misses, 1u);
  rig.upstream.allowed = 1;
  rig.pool.Release(rig.pool.Acquire());
  EXPECT_EQ(rig.Retained(), 1u);
}

TEST(Task12AdaptivePool, TrimLeavesTheMinimumAndTheLimit) {
  Rig rig(3);
  rig.pool.Warm(20, 64);
  EXPECT_EQ(rig.pool.Trim(), 17u * 64);
  EXPECT_EQ(rig.upstream.Outstanding(), 3);
  EXPECT_EQ(rig.Limit(), 20u) << "less memory now is not less load later";
  EXPECT_EQ(rig.pool.Trim(), 0u);
}

TEST(Task12AdaptivePool, GivesEveryBlockBackWhenItDies) {
  CountingResource upstream;
  {
    AdaptivePoolOptions options;
    options.block_bytes = 100;
    options.upstream = &upstream;
    AdaptivePool pool(options);
    EXPECT_EQ(pool.Warm(33, 100), 33u);
  }
  EXPECT_EQ(upstream.allocations, 33);
  EXPECT_EQ(upstream.deallocations, 33);
}

TEST(Task12AdaptivePool, RefusesOptionsThatMakeNoSense) {
  Rig rig;
  const auto refuses = [&rig](auto change) {
    AdaptivePoolOptions options = rig.Options(1, 2);
    change(options);
    EXPECT_THROW(AdaptivePool{options}, std::invalid_argument);
  };
  refuses([](auto& options) { options.block_bytes = 0; });
  refuses([](auto& options) { options.block_bytes = SIZE_MAX; });
  refuses([](auto& options) { options.block_alignment = 24; });
  refuses([](auto& options) { options.block_alignment = 0; });
  refuses([](auto& options) { options.max_retained_bytes = 63; });
  refuses([](auto& options) { options.window = seconds(0); });
  refuses([](auto& options) { options.clock = nullptr; });
  refuses([](auto& options) { options.upstream = nullptr; });
}

// Death tests: in a build with NDEBUG the checks are gone, and so is the death.
TEST(Task12AdaptivePoolDeathTest, ADoubleFreeIsCaught) {
  Rig rig(4);
  if (!kDebugChecks) GTEST_SKIP() << "checked in debug builds only";
  void* const block = rig.pool.Acquire();
  rig.pool.Release(block);
  EXPECT_DEATH(rig.pool.Release(block), "double free");
}

TEST(Task12AdaptivePoolDeathTest, AForeignPointerIsCaught) {
  Rig rig(4);
  if (!kDebugChecks) GTEST_SKIP() << "checked in debug builds only";
  alignas(64) char foreign[64] = {};
  EXPECT_DEATH(rig.pool.Release(foreign), "foreign pointer");
  void* const dropped = rig.pool.Acquire();
  rig.pool.Release(dropped);
  rig.pool.Acquire();
  EXPECT_DEATH(rig.pool.ReleaseBatch(std::vector<void*>{dropped, dropped}),
               "double free");
  rig.pool.Release(dropped);
}

TEST(Task12AdaptivePoolDeathTest, DyingWithABlockLentIsCaught) {
  Rig rig(4);
  if (!kDebugChecks) GTEST_SKIP() << "checked in debug builds only";
  EXPECT_DEATH(
      {
        AdaptivePool pool(rig.Options(1, 2));
        pool.Acquire();
      },
      "still lent");
}

}  // namespace
}  // namespace workbook
