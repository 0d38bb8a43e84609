// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>
#include <vector>

#include "01_02/adaptive_pool.h"
#include "exercises/01_02/testing/adaptive_pool_rig.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::seconds;

using Limits = std::vector<std::size_t>;

TEST(Task12AdaptivePoolLoad, GrowsToTheSwingByDoubling) {
  Rig rig;
  Limits limits;
  for (int window = 0; window < 6; ++window) {
    rig.Swing(40);
    rig.EndWindow();
    limits.push_back(rig.Limit());
  }
  EXPECT_EQ(limits, (Limits{8, 16, 32, 40, 40, 40}));
  EXPECT_EQ(rig.pool.Statistics().grows, 4u);
}

TEST(Task12AdaptivePoolLoad, ASteadySawtoothAllocatesNothing) {
  Rig rig;
  for (int window = 0; window < 5; ++window) {
    rig.Swing(40);
    rig.EndWindow();
  }
  std::vector<void*> blocks(40);
  const AdaptivePoolStatistics before = rig.pool.Statistics();
  AllocationScope scope;
  for (int window = 0; window < 100; ++window) {
    for (int tooth = 0; tooth < 5; ++tooth) {
      for (void*& block : blocks) block = rig.pool.Acquire();
      for (void* block : blocks) rig.pool.Release(block);
    }
    rig.EndWindow();
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
  const AdaptivePoolStatistics after = rig.pool.Statistics();
  EXPECT_EQ(after.hits - before.hits, 20000u);
  EXPECT_EQ(after.grows + after.shrinks, before.grows + before.shrinks);
  EXPECT_EQ(after.window_hit_rate, 1.0);
}

TEST(Task12AdaptivePoolLoad, BlocksLentForLongAreNotPartOfTheSwing) {
  Rig rig;
  std::vector<void*> kept_by_the_user(50);
  rig.pool.AcquireBatch(kept_by_the_user);
  rig.EndWindow(20);
  EXPECT_EQ(rig.Limit(), 0u) << "blocks that stay lent are no swing";
  rig.Swing(10);
  rig.EndWindow();
  rig.Swing(10);
  rig.EndWindow();
  EXPECT_EQ(rig.Limit(), 10u) << "50 never came back: only 10 go to and fro";
  rig.pool.ReleaseBatch(kept_by_the_user);
}

TEST(Task12AdaptivePoolLoad, OneMissInAHundredRaisesNothing) {
  Rig rig;
  rig.pool.Warm(100, 64);
  rig.Swing(110);
  for (int i = 0; i < 890; ++i) rig.Swing(1);
  rig.EndWindow();
  EXPECT_EQ(rig.pool.Statistics().window_hit_rate, 0.99);
  EXPECT_EQ(rig.Limit(), 100u);
  rig.Swing(110);
  for (int i = 0; i < 889; ++i) rig.Swing(1);
  rig.EndWindow();
  EXPECT_EQ(rig.Limit(), 110u) << "10 misses of 999: below 99 % hits";
}

TEST(Task12AdaptivePoolLoad, ABurstIsBoundedByTheMaximum) {
  Rig rig(0, 64);
  for (int window = 0; window < 10; ++window) {
    rig.Swing(5000);
    rig.EndWindow();
    EXPECT_LE(rig.Retained(), 64u);
  }
  EXPECT_EQ(rig.Limit(), 64u);
  EXPECT_EQ(rig.upstream.Outstanding(), 64);
}

TEST(Task12AdaptivePoolLoad, IdleWindowsGiveABurstBack) {
  Rig rig(2, 64);
  rig.pool.Warm(64, 64);
  Limits limits;
  for (int window = 0; window < 11; ++window) {
    rig.EndWindow();
    limits.push_back(rig.Limit());
    EXPECT_EQ(rig.upstream.Outstanding(), static_cast<int>(rig.Limit()))
        << "a lower limit gives memory back at once";
  }
  EXPECT_EQ(limits, (Limits{64, 64, 64, 33, 17, 9, 5, 3, 2, 2, 2}))
      << "three windows of patience, then half of what is above the minimum";
}

TEST(Task12AdaptivePoolLoad, ALongIdleTimeIsCaughtUpInOneCall) {
  Rig rig;
  rig.pool.Warm(1000, 64);
  rig.EndWindow(1'000'000);
  EXPECT_EQ(rig.Limit(), 0u);
  EXPECT_EQ(rig.upstream.Outstanding(), 0);
}

TEST(Task12AdaptivePoolLoad, ALoadThatReturnsWithinThePatienceKeepsItsBlocks) {
  Rig rig;
  rig.pool.Warm(100, 64);
  for (int window = 0; window < 200; ++window) {
    if (window % 4 == 0) rig.Swing(100);
    rig.EndWindow();
  }
  EXPECT_EQ(rig.pool.Statistics().misses, 0u);
  EXPECT_EQ(rig.pool.Statistics().shrinks, 0u);
  EXPECT_EQ(rig.upstream.allocations, 100);
}

TEST(Task12AdaptivePoolLoad, JitterDoesNotMakeItOscillate) {
  Rig rig;
  std::uint32_t random = 12345;
  std::uint64_t resizes_after_start = 0;
  for (int window = 0; window < 300; ++window) {
    random = random * 1664525 + 1013904223;
    rig.Swing(90 + (random >> 16) % 11);  // 90 to 100 blocks
    rig.EndWindow();
    if (window == 49) {
      resizes_after_start =
          rig.pool.Statistics().grows + rig.pool.Statistics().shrinks;
    }
  }
  const AdaptivePoolStatistics after = rig.pool.Statistics();
  EXPECT_EQ(after.grows + after.shrinks, resizes_after_start);
  EXPECT_EQ(after.shrinks, 0u);
}

TEST(Task12AdaptivePoolLoad, AFallingLoadShrinksItWithoutOneMiss) {
  Rig rig;
  rig.pool.Warm(100, 64);
  Limits limits;
  for (int window = 0; window < 12; ++window) {
    rig.Swing(20);
    rig.EndWindow();
    limits.push_back(rig.Limit());
  }
  EXPECT_EQ(limits, (Limits{100, 100, 100, 60, 40, 30, 25, 22, 22, 22, 22, 22}))
      << "half of the unused part each time; 2 of 22 are within the slack";
  EXPECT_EQ(rig.pool.Statistics().misses, 0u);
  EXPECT_EQ(rig.pool.Statistics().shrinks, 5u);
}

TEST(Task12AdaptivePoolLoad, AShrinkFreesTheOldestBlocks) {
  Rig rig;
  rig.pool.Warm(8, 64);
  std::vector<void*> blocks(8);
  rig.pool.AcquireBatch(blocks);
  rig.pool.ReleaseBatch(blocks);
  rig.EndWindow();  // this one still saw a swing of 8
  rig.EndWindow(4);
  EXPECT_EQ(rig.Retained(), 4u);
  std::vector<void*> stayed(4);
  for (void*& block : stayed) block = rig.pool.Acquire();
  EXPECT_EQ(stayed,
            (std::vector<void*>{blocks[7], blocks[6], blocks[5], blocks[4]}))
      << "the four that came back last were to stay";
  rig.pool.ReleaseBatch(stayed);
}

TEST(Task12AdaptivePoolLoad, AdaptsByItselfAndReadsTheClockSeldom) {
  Rig rig;
  rig.pool.Warm(64, 64);
  const int reads_before = rig.clock.reads;
  for (int i = 0; i < 640; ++i) rig.Swing(1);
  EXPECT_EQ(rig.clock.reads - reads_before, 10) << "one in 64";
  rig.clock.now_seconds += 4;
  for (int i = 0; i < 64; ++i) rig.Swing(1);
  EXPECT_LT(rig.Limit(), 64u) << "nobody called Adapt: Acquire has to";
  EXPECT_EQ(rig.pool.Statistics().misses, 0u);
}

TEST(Task12AdaptivePoolLoad, AClockThatGoesBackClosesNoWindow) {
  Rig rig;
  rig.pool.Warm(10, 64);
  rig.EndWindow(-100);
  rig.EndWindow(99);
  EXPECT_EQ(rig.Limit(), 10u);
  EXPECT_EQ(rig.pool.Statistics().shrinks, 0u);
}

TEST(Task12AdaptivePoolThreads, NoBlockIsLentTwiceWhileItAdapts) {
  constexpr int kThreads = 4;
  constexpr int kRounds = 3000;
  Rig rig(0, 32);
  std::atomic<int> mixed_up{0};
  std::atomic<bool> stop{false};
  const auto borrow = [&](int tag) {
    std::vector<void*> blocks(7);
    for (int round = 0; round < kRounds; ++round) {
      const auto count = static_cast<std::size_t>(1 + (round + tag) % 7);
      const auto batch = std::span(blocks).first(count);
      rig.pool.AcquireBatch(batch.first(count / 2));
      for (void*& block : batch.subspan(count / 2)) block = rig.pool.Acquire();
      for (void* block : batch) std::memset(block, tag, 64);
      for (void* block : batch) {
        const auto* bytes = static_cast<const unsigned char*>(block);
        if (bytes[0] != tag || bytes[63] != tag) ++mixed_up;
      }
      for (void* block : batch.first(count / 2)) rig.pool.Release(block);
      rig.pool.ReleaseBatch(batch.subspan(count / 2));
    }
  };
  std::vector<std::thread> threads;
  for (int tag = 1; tag <= kThreads; ++tag) threads.emplace_back(borrow, tag);
  std::thread owner([&] {
    while (!stop) {
      rig.EndWindow();
      if (rig.clock.now_seconds % 16 == 0) rig.pool.Trim();
      if (rig.clock.now_seconds % 16 == 8) rig.pool.Warm(5, 64);
    }
  });
  for (std::thread& thread : threads) thread.join();
  stop = true;
  owner.join();
  EXPECT_EQ(mixed_up, 0) << "two threads wrote into one block";
  const AdaptivePoolStatistics statistics = rig.pool.Statistics();
  std::uint64_t acquires = 0;
  for (int tag = 1; tag <= kThreads; ++tag) {
    for (int r = 0; r < kRounds; ++r) {
      acquires += static_cast<std::uint64_t>(1 + (r + tag) % 7);
    }
  }
  EXPECT_EQ(statistics.hits + statistics.misses, acquires);
  EXPECT_EQ(statistics.lent_blocks, 0u);
  EXPECT_LE(statistics.retained_blocks, 32u);
  EXPECT_EQ(rig.upstream.Outstanding(),
            static_cast<int>(statistics.retained_blocks));
}

}  // namespace
}  // namespace workbook
