// SPDX-License-Identifier: Apache-2.0

#include "01_01/idle_bound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

namespace workbook {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20;

// A heap whose blocks are of 1 MiB: as little of one as a bound sees.
class SwingingHeap {
 public:
  // Takes idle pages first, then fresh ones.
  void Allocate() {
    in_use_ += kMebibyte;
    if (idle_ > 0) {
      idle_ -= kMebibyte;
    } else {
      fresh_ += kMebibyte;
    }
  }
  void Free() {
    in_use_ -= kMebibyte;
    idle_ += kMebibyte;
    const std::size_t keep = bound_.Keep(in_use_, idle_);
    if (keep >= idle_) return;
    const std::size_t left = keep / kMebibyte * kMebibyte;  // whole blocks
    bound_.NoteDiscarded(idle_ - left);
    discarded_ += idle_ - left;
    idle_ = left;
  }
  void Swing(int blocks) {
    for (int i = 0; i < blocks; ++i) Allocate();
    for (int i = 0; i < blocks; ++i) Free();
  }

  int FreshMebibytes() const { return static_cast<int>(fresh_ / kMebibyte); }
  int DiscardedMebibytes() const {
    return static_cast<int>(discarded_ / kMebibyte);
  }

 private:
  IdleBound bound_;
  std::size_t in_use_ = 0;
  std::size_t idle_ = 0;
  std::size_t fresh_ = 0;      // taken so far, each page a fault
  std::size_t discarded_ = 0;  // so far
};

TEST(Task14IdleBound, KeepsHalfOfTheLeastBoundWhereNothingIsRegretted) {
  IdleBound bound;
  EXPECT_EQ(bound.Keep(0, 16 * kMebibyte), 16 * kMebibyte) << "kKeepBytes";
  EXPECT_EQ(bound.Keep(0, 16 * kMebibyte + 8192), 8 * kMebibyte);
  EXPECT_EQ(bound.Keep(128 * kMebibyte, 32 * kMebibyte), 32 * kMebibyte)
      << "a quarter of what is in use";
  EXPECT_EQ(bound.Keep(128 * kMebibyte, 33 * kMebibyte), 16 * kMebibyte);
  EXPECT_EQ(bound.RegretBytes(), 0u) << "nothing was discarded";
}

TEST(Task14IdleBound, RegretsWhatWasDiscardedAndIsTakenAgain) {
  IdleBound bound;
  ASSERT_EQ(bound.Keep(0, 24 * kMebibyte), 8 * kMebibyte);
  bound.NoteDiscarded(16 * kMebibyte);
  EXPECT_EQ(bound.RegretBytes(), 0u) << "it may never be needed";
  // 8 MiB were left, and 24 are in use: all 16 were taken again.
  EXPECT_EQ(bound.Keep(24 * kMebibyte, 0), 0u);
  const std::size_t regret = 16 * kMebibyte - (16 * kMebibyte >> 14);
  EXPECT_EQ(bound.RegretBytes(), regret);
  EXPECT_EQ(bound.Keep(0, 24 * kMebibyte), 24 * kMebibyte)
      << "16 and nearly 16 more may be idle";
  const std::size_t later = regret - (regret >> 14);
  EXPECT_EQ(bound.RegretBytes(), later);
  EXPECT_EQ(bound.Keep(0, 40 * kMebibyte),
            8 * kMebibyte + later - (later >> 14))
      << "half of the least bound, and what is regretted";
}

TEST(Task14IdleBound, RegretsNoMoreThanWasDiscarded) {
  IdleBound bound;
  bound.Keep(100 * kMebibyte, 0);
  bound.Keep(300 * kMebibyte, 0);
  EXPECT_EQ(bound.RegretBytes(), 0u) << "a heap that grows discards nothing";
  ASSERT_EQ(bound.Keep(0, 24 * kMebibyte), 8 * kMebibyte);
  bound.NoteDiscarded(16 * kMebibyte);
  bound.Keep(100 * kMebibyte, 0);
  EXPECT_EQ(bound.RegretBytes(), 16 * kMebibyte - (16 * kMebibyte >> 14))
      << "of the 92 MiB that are new 16 were there before";
  bound.Keep(200 * kMebibyte, 0);
  EXPECT_LT(bound.RegretBytes(), 16 * kMebibyte) << "each byte once";
}

// 24 MiB up and down, twenty times.
TEST(Task14IdleBound, DiscardsOnceInAHeapThatSwings) {
  SwingingHeap heap;
  heap.Swing(24);
  EXPECT_EQ(heap.FreshMebibytes(), 24);
  EXPECT_EQ(heap.DiscardedMebibytes(), 9);
  for (int swing = 2; swing <= 20; ++swing) heap.Swing(24);
  RecordProperty("mebibytes_faulted", heap.FreshMebibytes());
  EXPECT_EQ(heap.FreshMebibytes(), 24 + 9) << "faults again in one swing only";
  EXPECT_EQ(heap.DiscardedMebibytes(), 9);
}

TEST(Task14IdleBound, ForgetsWhatIsLongAgo) {
  IdleBound bound;
  bound.Keep(0, 24 * kMebibyte);
  bound.NoteDiscarded(16 * kMebibyte);
  bound.Keep(24 * kMebibyte, 0);
  const std::size_t regret = bound.RegretBytes();
  for (int i = 0; i < 11'357; ++i) bound.Keep(24 * kMebibyte, 0);
  EXPECT_GT(bound.RegretBytes(), regret / 200 * 99);
  EXPECT_LT(bound.RegretBytes(), regret / 200 * 101) << "half of it";
  for (int i = 0; i < 20 * 11'357; ++i) bound.Keep(24 * kMebibyte, 0);
  EXPECT_EQ(bound.Keep(0, 17 * kMebibyte) >> 14, 8 * kMebibyte >> 14)
      << "as if nothing had been";
}

TEST(Task14IdleBound, RegretsNothingThatComesBackLate) {
  IdleBound bound;
  bound.Keep(0, 24 * kMebibyte);
  bound.NoteDiscarded(16 * kMebibyte);
  for (int i = 0; i < 20 * 11'357; ++i) bound.Keep(8 * kMebibyte, 0);
  bound.Keep(24 * kMebibyte, 0);
  EXPECT_LE(bound.RegretBytes(), std::size_t{1} << 14)
      << "the pages were idle for so long that it was right";
}

TEST(Task14IdleBound, RegretsAtMostTheLargestFootprint) {
  IdleBound bound;
  std::size_t in_use = 0;
  std::size_t idle = 0;
  std::size_t largest = 0;
  std::size_t regret = 0;
  std::uint32_t random = 1;
  for (int i = 0; i < 20'000; ++i) {
    random = random * 1'664'525 + 1'013'904'223;
    const std::size_t bytes = (random >> 8) % (60 * kMebibyte);
    if ((random >> 20) % 2 == 0) {
      in_use += bytes;
      idle -= std::min(idle, bytes);
    } else {
      idle += std::min(in_use, bytes);
      in_use -= std::min(in_use, bytes);
    }
    largest = std::max(largest, in_use + idle);
    const std::size_t keep = bound.Keep(in_use, idle);
    ASSERT_LE(keep, idle);
    bound.NoteDiscarded(idle - keep);
    idle = keep;
    regret = std::max(regret, bound.RegretBytes());
    ASSERT_LE(regret, largest) << "after " << i << " steps";
  }
  EXPECT_GT(regret, 0u);
}

}  // namespace
}  // namespace workbook
