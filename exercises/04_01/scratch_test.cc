// SPDX-License-Identifier: Apache-2.0

#include "04_01/scratch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "exercises/04_01/before/scratch.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/debug_check.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

bool IsAligned(const void* address, std::size_t alignment) {
  return reinterpret_cast<std::uintptr_t>(address) % alignment == 0;
}

// A call chain: each level takes an array, fills it, calls the next, and looks
// whether its array is what it was.
template <typename Frame = ScratchFrame, typename Arena>
std::uint64_t Descend(Arena& scratch, int levels, std::size_t count) {
  const Frame frame(scratch);
  const auto numbers = scratch.template AllocateArray<std::uint32_t>(count);
  const auto mark = static_cast<std::uint32_t>(levels);
  std::fill(numbers.begin(), numbers.end(), mark);
  std::uint64_t sum = 0;
  if (levels > 0) sum += Descend<Frame>(scratch, levels - 1, count + 7);
  if (levels > 0) sum += Descend<Frame>(scratch, levels / 2, count);
  for (const std::uint32_t number : numbers) {
    EXPECT_EQ(number, mark) << "a callee wrote into its caller's memory";
    sum += number;
  }
  return sum;
}

TEST(Task5Scratch, GivesDistinctAlignedMemory) {
  Scratch scratch(64);
  const ScratchFrame frame(scratch);
  std::vector<std::pair<char*, std::size_t>> pieces;
  for (std::size_t i = 0; i < 60; ++i) {
    const std::size_t alignment = std::size_t{1} << (i % 5);
    const std::size_t size = 1 + i * 5 % 23;
    auto* const piece = static_cast<char*>(scratch.Allocate(size, alignment));
    ASSERT_TRUE(IsAligned(piece, alignment)) << alignment;
    std::memset(piece, static_cast<int>(i), size);
    pieces.emplace_back(piece, size);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto [piece, size] = pieces[i];
    EXPECT_TRUE(std::all_of(piece, piece + size,
                            [&](char c) { return c == static_cast<char>(i); }))
        << "piece " << i << " shares memory with a later one";
  }
  EXPECT_GE(scratch.capacity_bytes(), scratch.used_bytes());
}

TEST(Task5Scratch, AFrameGivesBackWhatWasTakenInIt) {
  Scratch scratch;
  const ScratchFrame outer(scratch);
  scratch.Allocate(100, 1);
  EXPECT_EQ(scratch.used_bytes(), 100u);
  {
    const ScratchFrame inner(scratch);
    scratch.Allocate(5000, 1);
    EXPECT_GE(scratch.used_bytes(), 5100u);
  }
  EXPECT_EQ(scratch.used_bytes(), 100u);
  scratch.Allocate(10, 1);
  EXPECT_EQ(scratch.used_bytes(), 110u);
}

TEST(Task5Scratch, PaddingIsUsedAsWell) {
  Scratch scratch;
  const ScratchFrame frame(scratch);
  scratch.Allocate(100, 1);
  scratch.Allocate(8, 16);
  EXPECT_EQ(scratch.used_bytes(), 120u);
  RecordProperty("used_with_padding", static_cast<int>(scratch.used_bytes()));
}

TEST(Task5Scratch, CalleesLeaveTheirCallersMemoryAlone) {
  Scratch scratch(128);
  const std::uint64_t sum = Descend(scratch, 6, 10);
  EXPECT_EQ(Descend(scratch, 6, 10), sum);
  EXPECT_EQ(scratch.used_bytes(), 0u);
}

TEST(Task5Scratch, MemoryTakenAfterAnInnerFrameGrewIsItsOwn) {
  Scratch scratch(64);
  const ScratchFrame outer(scratch);
  auto* const first = static_cast<char*>(scratch.Allocate(40, 1));
  std::memset(first, 'a', 40);
  {
    const ScratchFrame inner(scratch);
    std::memset(scratch.Allocate(1000), 'b', 1000);
  }
  auto* const second = static_cast<char*>(scratch.Allocate(20, 1));
  std::memset(second, 'c', 20);
  EXPECT_TRUE(std::all_of(first, first + 40, [](char c) { return c == 'a'; }));
}

TEST(Task5Scratch, ARepeatedCallFindsItsMemoryAgain) {
  Scratch scratch(64);
  for (int i = 0; i < 2; ++i) Descend(scratch, 7, 30);
  const AllocationScope scope;
  for (int i = 0; i < 5; ++i) Descend(scratch, 7, 30);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "two calls have shown how much the third one needs";
  before::Scratch plain;
  const AllocationScope plain_scope;
  for (int i = 0; i < 5; ++i) Descend<before::ScratchFrame>(plain, 7, 30);
  RecordGain("allocations", plain_scope.Counts().allocations, 0);
}

TEST(Task5Scratch, TheSecondCallTakesOneBlockForAll) {
  Scratch scratch(64);
  Descend(scratch, 7, 30);
  const AllocationScope scope;
  Descend(scratch, 7, 30);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "what several blocks held fits one";
}

TEST(Task5Scratch, AnInnerFrameInALoopAllocatesOnce) {
  Scratch scratch(64);
  const ScratchFrame outer(scratch);
  scratch.Allocate(60);
  const AllocationScope scope;
  for (int i = 0; i < 50; ++i) {
    const ScratchFrame inner(scratch);
    scratch.Allocate(500);
  }
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "the block that the first round took serves the others";
}

TEST(Task5Scratch, TakesMemoryOnlyWhenAskedAndGivesAllBack) {
  const AllocationScope scope;
  {
    Scratch scratch(1000);
    EXPECT_EQ(scope.Counts().allocations, 0) << "no memory was asked for yet";
    const ScratchFrame frame(scratch);
    scratch.Allocate(1);
    EXPECT_EQ(scope.Counts().allocations, 1);
    for (int i = 0; i < 900; ++i) scratch.Allocate(1, 1);
    EXPECT_EQ(scope.Counts().allocations, 1) << "a block holds many pieces";
    EXPECT_LE(scope.Counts().peak_live_bytes, 1000 + 64);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0) << "a block is lost";
}

TEST(Task5Scratch, TwoArenasShareNothing) {
  Scratch first(256);
  Scratch second(256);
  const ScratchFrame in_first(first);
  auto* const a = static_cast<char*>(first.Allocate(100));
  std::memset(a, 'a', 100);
  {
    const ScratchFrame in_second(second);
    std::memset(second.Allocate(100), 'b', 100);
    EXPECT_EQ(first.used_bytes(), 100u);
  }
  EXPECT_TRUE(std::all_of(a, a + 100, [](char c) { return c == 'a'; }));
  EXPECT_EQ(first.used_bytes(), 100u)
      << "a frame of the one gave back memory of the other";
}

TEST(Task5Scratch, ANewBlockIsAsLargeAsAllBefore) {
  Scratch scratch(64);
  const ScratchFrame frame(scratch);
  const AllocationScope scope;
  std::size_t capacity = 0;
  for (int pieces = 1; pieces <= 200; ++pieces) {
    scratch.Allocate(50);
    if (pieces == 20) {
      RecordProperty("blocks_of_twenty_pieces",
                     static_cast<int>(scope.Counts().allocations));
    }
    if (scratch.capacity_bytes() == capacity) continue;
    ASSERT_GE(scratch.capacity_bytes(), 2 * capacity)
        << "after " << pieces << " pieces";
    capacity = scratch.capacity_bytes();
  }
  EXPECT_GE(capacity, 200u * 50) << "the arena does not grow";
}

TEST(Task5Scratch, ALargeRequestGetsABlockThatHoldsIt) {
  Scratch scratch(64);
  const ScratchFrame frame(scratch);
  std::memset(scratch.Allocate(10'000), 'x', 10'000);
  EXPECT_GE(scratch.capacity_bytes(), 10'000u);
}

TEST(Task5Scratch, TheFirstBlockIsAsLargeAsTheCallerSaid) {
  Scratch scratch(1000);
  const AllocationScope scope;
  const ScratchFrame frame(scratch);
  scratch.Allocate(1, 1);
  EXPECT_EQ(scratch.capacity_bytes(), 1000u);
  scratch.Allocate(999, 1);
  EXPECT_EQ(scope.Counts().allocations, 1) << "the last byte is there, too";
  scratch.Allocate(1, 1);
  EXPECT_EQ(scope.Counts().allocations, 2);
}

TEST(Task5Scratch, MakesObjectsThatHaveAConstructor) {
  struct Counted {
    int value = 7;
  };
  Scratch scratch(64);
  const ScratchFrame frame(scratch);
  for (const Counted& counted : scratch.AllocateArray<Counted>(40)) {
    ASSERT_EQ(counted.value, 7);
  }
}

TEST(Task5Scratch, AFailureChangesNothing) {
  Scratch scratch;
  const ScratchFrame frame(scratch);
  auto* const first = static_cast<char*>(scratch.Allocate(10, 1));
  const std::size_t capacity = scratch.capacity_bytes();
  EXPECT_THROW(scratch.Allocate(static_cast<std::size_t>(-1)), std::bad_alloc);
  EXPECT_THROW(scratch.Allocate(static_cast<std::size_t>(PTRDIFF_MAX)),
               std::bad_alloc);
  EXPECT_THROW(scratch.AllocateArray<std::uint64_t>(std::size_t{1} << 61),
               std::bad_alloc)
      << "the number of bytes overflows";
  EXPECT_EQ(scratch.used_bytes(), 10u);
  EXPECT_EQ(scratch.capacity_bytes(), capacity);
  auto* const second = static_cast<char*>(scratch.Allocate(10, 1));
  EXPECT_TRUE(second >= first + 10 || second + 10 <= first);
  EXPECT_EQ(scratch.AllocateArray<int>(0).size(), 0u);
}

TEST(Task5Scratch, EndsADebugBuildOnMisuse) {
  if (!kDebugChecks) GTEST_SKIP() << "checks are off in this build";
  Scratch scratch;
  EXPECT_DEATH(scratch.Allocate(1), "outside of a frame");
  EXPECT_DEATH(scratch.AllocateArray<int>(1), "outside of a frame");
  { const ScratchFrame closed(scratch); }
  EXPECT_DEATH(scratch.Allocate(1), "outside of a frame")
      << "the frame is closed";
  const ScratchFrame frame(scratch);
  EXPECT_DEATH(scratch.Allocate(1, 0), "not a power of two");
  EXPECT_DEATH(scratch.Allocate(1, 3), "not a power of two");
  EXPECT_DEATH(scratch.Allocate(1, 2 * alignof(std::max_align_t)),
               "is too large");
  EXPECT_DEATH(
      {
        auto doomed = std::make_unique<Scratch>();
        const ScratchFrame open(*doomed);
        doomed.reset();
      },
      "dies before its frames");
}

}  // namespace
}  // namespace workbook
