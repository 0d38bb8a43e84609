// SPDX-License-Identifier: Apache-2.0

// A thread that uses the pool alone for long, and others that come late.
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <thread>
#include <vector>

#include "01_02/adaptive_pool.h"
#include "exercises/01_02/testing/adaptive_pool_rig.h"

namespace workbook {
namespace {

constexpr int kAlone =
    10'000;  // calls after which the lock is the thread's own

TEST(Task12AdaptivePoolOwner, CountsTheSameWhenTheLockIsItsOwn) {
  Rig rig(0, 40);
  for (int i = 0; i < kAlone; ++i) rig.Swing(1);
  const AdaptivePoolStatistics before = rig.pool.Statistics();
  rig.pool.Warm(40, 64);
  rig.Swing(50);
  const AdaptivePoolStatistics after = rig.pool.Statistics();
  EXPECT_EQ(after.hits - before.hits, 40u);
  EXPECT_EQ(after.misses - before.misses, 10u);
  EXPECT_EQ(after.drops - before.drops, 10u);
  EXPECT_EQ(after.retained_blocks, 40u);
  EXPECT_EQ(after.lent_blocks, 0u);
}

TEST(Task12AdaptivePoolOwner, ALateThreadIsNeverLentTheSameBlock) {
  constexpr int kTurns = 300;
  Rig rig(0, 16);
  rig.pool.Warm(4, 64);
  std::atomic<int> mixed_up{0};
  std::atomic<bool> stop{false};
  std::uint64_t by_owner = 0;
  std::uint64_t by_others = 0;
  const auto borrow = [&](int tag) {
    void* const block = rig.pool.Acquire();
    std::memset(block, tag, 64);
    const auto* const bytes = static_cast<const unsigned char*>(block);
    if (bytes[0] != tag || bytes[63] != tag) ++mixed_up;
    rig.pool.Release(block);
  };
  std::atomic<bool> owns{false};
  std::thread owner([&] {
    for (; by_owner < kAlone || !stop; ++by_owner) {
      borrow(1);
      if (by_owner == kAlone) owns = true;
    }
    owns = true;
  });
  while (!owns) std::this_thread::yield();
  std::thread late([&] {
    for (int turn = 0; turn < kTurns; ++turn) {
      borrow(2);
      ++by_others;
      std::this_thread::yield();
    }
  });
  late.join();
  stop = true;
  owner.join();
  EXPECT_EQ(mixed_up, 0) << "two threads wrote into one block";
  const AdaptivePoolStatistics statistics = rig.pool.Statistics();
  EXPECT_EQ(statistics.hits + statistics.misses, by_owner + by_others);
  EXPECT_EQ(statistics.lent_blocks, 0u);
}

}  // namespace
}  // namespace workbook
