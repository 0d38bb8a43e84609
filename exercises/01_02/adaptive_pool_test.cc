#include "01_02/adaptive_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <set>
#include <thread>
#include <type_traits>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::seconds;

static_assert(!std::is_copy_constructible_v<AdaptivePool>);
static_assert(!std::is_move_constructible_v<AdaptivePool>,
              "a moved-from pool cannot take its blocks back");

// Time passes when the test says so.
class FakeClock {
 public:
  std::chrono::steady_clock::time_point operator()() {
    ++reads;
    return std::chrono::steady_clock::time_point(seconds(now_seconds.load()));
  }
  std::atomic<int> now_seconds{1000};
  std::atomic<int> reads{0};
};

// Counts what the pool asks of upstream, and fails when it is told to.
class CountingResource : public std::pmr::memory_resource {
 public:
  std::atomic<int> allocations{0};
  std::atomic<int> deallocations{0};
  std::atomic<int> allowed{1 << 30};
  int Outstanding() const { return allocations - deallocations; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    if (allowed.fetch_sub(1) <= 0) throw std::bad_alloc();
    ++allocations;
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* block, std::size_t bytes,
                     std::size_t alignment) override {
    ++deallocations;
    std::pmr::new_delete_resource()->deallocate(block, bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
};

// Everything a test needs around a pool of 64-byte blocks and 1 s windows.
class Rig {
 public:
  explicit Rig(std::size_t min_blocks = 0, std::size_t max_blocks = 1024)
      : pool(Options(min_blocks, max_blocks)) {}

  AdaptivePoolOptions Options(std::size_t min_blocks, std::size_t max_blocks) {
    AdaptivePoolOptions options;
    options.block_bytes = 64;
    options.min_retained_bytes = 64 * min_blocks;
    options.max_retained_bytes = 64 * max_blocks;
    options.window = seconds(1);
    options.clock = [this] { return clock(); };
    options.upstream = &upstream;
    return options;
  }

  // `count` blocks are lent at once, then all come back.
  void Swing(std::size_t count) {
    std::vector<void*> blocks(count);
    for (void*& block : blocks) block = pool.Acquire();
    for (void* block : blocks) pool.Release(block);
  }

  void EndWindow(int windows = 1) {
    clock.now_seconds += windows;
    pool.Adapt();
  }

  std::size_t Limit() const { return pool.Statistics().retained_limit_blocks; }
  std::size_t Retained() const { return pool.Statistics().retained_blocks; }

  FakeClock clock;
  CountingResource upstream;
  AdaptivePool pool;
};

using Limits = std::vector<std::size_t>;

TEST(Task9AdaptivePool, LendsTheBlockThatCameBackLast) {
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

TEST(Task9AdaptivePool, LendsDistinctAlignedBlocks) {
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

TEST(Task9AdaptivePool, ServesWarmedBlocksWithoutOneAllocation) {
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

TEST(Task9AdaptivePool, WarmMakesOnlyWhatIsMissing) {
  Rig rig(0, 50);
  EXPECT_EQ(rig.pool.Warm(30, 1), 30u);
  EXPECT_EQ(rig.pool.Warm(40, 64), 40u);
  EXPECT_EQ(rig.upstream.allocations, 40);
  EXPECT_EQ(rig.pool.Warm(10, 64), 10u) << "more are ready than asked for";
  EXPECT_EQ(rig.pool.Warm(60, 64), 50u) << "the maximum is 50 blocks";
  EXPECT_EQ(rig.pool.Warm(1, 65), 0u) << "a block has only 64 bytes";
  EXPECT_EQ(rig.Retained(), 50u);
}

TEST(Task9AdaptivePool, KeepsNoMoreThanItsLimit) {
  Rig rig(4);
  rig.Swing(1000);
  EXPECT_EQ(rig.Retained(), 4u);
  EXPECT_EQ(rig.pool.Statistics().drops, 996u);
  EXPECT_EQ(rig.upstream.Outstanding(), 4);
}

TEST(Task9AdaptivePool, WithoutRoomItKeepsNothing) {
  Rig rig;
  AdaptivePoolOptions options = rig.Options(0, 1);
  options.max_retained_bytes = 63;  // less than one block
  AdaptivePool pool(options);
  EXPECT_EQ(pool.Warm(5, 64), 0u);
  pool.Release(pool.Acquire());
  EXPECT_EQ(pool.Statistics().retained_blocks, 0u);
  EXPECT_EQ(rig.upstream.Outstanding(), 0);
}

TEST(Task9AdaptivePool, ReportsWhatItHolds) {
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

TEST(Task9AdaptivePool, BatchesCountAsSingleCallsDo) {
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

TEST(Task9AdaptivePool, AnAcquireThatFailsLendsNothing) {
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

TEST(Task9AdaptivePool, PassesUpstreamsFailureOnAndStaysUsable) {
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

TEST(Task9AdaptivePool, TrimLeavesTheMinimumAndTheLimit) {
  Rig rig(3);
  rig.pool.Warm(20, 64);
  EXPECT_EQ(rig.pool.Trim(), 17u * 64);
  EXPECT_EQ(rig.upstream.Outstanding(), 3);
  EXPECT_EQ(rig.Limit(), 20u) << "less memory now is not less load later";
  EXPECT_EQ(rig.pool.Trim(), 0u);
}

TEST(Task9AdaptivePool, GivesEveryBlockBackWhenItDies) {
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

TEST(Task9AdaptivePool, RefusesOptionsThatMakeNoSense) {
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

TEST(Task9AdaptivePoolLoad, GrowsToTheSwingByDoubling) {
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

TEST(Task9AdaptivePoolLoad, ASteadySawtoothAllocatesNothing) {
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

TEST(Task9AdaptivePoolLoad, BlocksLentForLongAreNotPartOfTheSwing) {
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

TEST(Task9AdaptivePoolLoad, OneMissInAHundredRaisesNothing) {
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

TEST(Task9AdaptivePoolLoad, ABurstIsBoundedByTheMaximum) {
  Rig rig(0, 64);
  for (int window = 0; window < 10; ++window) {
    rig.Swing(5000);
    rig.EndWindow();
    EXPECT_LE(rig.Retained(), 64u);
  }
  EXPECT_EQ(rig.Limit(), 64u);
  EXPECT_EQ(rig.upstream.Outstanding(), 64);
}

TEST(Task9AdaptivePoolLoad, IdleWindowsGiveABurstBack) {
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

TEST(Task9AdaptivePoolLoad, ALongIdleTimeIsCaughtUpInOneCall) {
  Rig rig;
  rig.pool.Warm(1000, 64);
  rig.EndWindow(1'000'000);
  EXPECT_EQ(rig.Limit(), 0u);
  EXPECT_EQ(rig.upstream.Outstanding(), 0);
}

TEST(Task9AdaptivePoolLoad, ALoadThatReturnsWithinThePatienceKeepsItsBlocks) {
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

TEST(Task9AdaptivePoolLoad, JitterDoesNotMakeItOscillate) {
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

TEST(Task9AdaptivePoolLoad, AFallingLoadShrinksItWithoutOneMiss) {
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

TEST(Task9AdaptivePoolLoad, AShrinkFreesTheOldestBlocks) {
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

TEST(Task9AdaptivePoolLoad, AdaptsByItselfAndReadsTheClockSeldom) {
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

TEST(Task9AdaptivePoolLoad, AClockThatGoesBackClosesNoWindow) {
  Rig rig;
  rig.pool.Warm(10, 64);
  rig.EndWindow(-100);
  rig.EndWindow(99);
  EXPECT_EQ(rig.Limit(), 10u);
  EXPECT_EQ(rig.pool.Statistics().shrinks, 0u);
}

TEST(Task9AdaptivePoolThreads, NoBlockIsLentTwiceWhileItAdapts) {
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

// Death tests: in a build with NDEBUG the checks are gone, and so is the death.
TEST(Task9AdaptivePoolDeathTest, ADoubleFreeIsCaught) {
  Rig rig(4);
  if (!kDebugChecks) GTEST_SKIP() << "checked in debug builds only";
  void* const block = rig.pool.Acquire();
  rig.pool.Release(block);
  EXPECT_DEATH(rig.pool.Release(block), "double free");
}

TEST(Task9AdaptivePoolDeathTest, AForeignPointerIsCaught) {
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

TEST(Task9AdaptivePoolDeathTest, DyingWithABlockLentIsCaught) {
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
