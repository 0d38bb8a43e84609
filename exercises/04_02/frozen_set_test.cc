// SPDX-License-Identifier: Apache-2.0

#include "04_02/frozen_set.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>

#include "04_02/chunk.h"
#include "04_02/compact_set.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

Chunk Filled(unsigned first, unsigned count, unsigned step = 1) {
  Chunk chunk;
  for (unsigned i = 0; i < count; ++i) {
    chunk.Add(static_cast<std::uint16_t>(first + i * step));
  }
  return chunk;
}

TEST(Task8FrozenSet, CountsRuns) {
  EXPECT_EQ(CountRuns(Chunk()), 0u);
  EXPECT_EQ(CountRuns(Filled(0, 1)), 1u);
  EXPECT_EQ(CountRuns(Filled(65535, 1)), 1u);
  EXPECT_EQ(CountRuns(Filled(0, 65536)), 1u);
  EXPECT_EQ(CountRuns(Filled(7, 100, 2)), 100u);
  EXPECT_EQ(CountRuns(Filled(0, 20'000, 3)), 20'000u);
  Chunk chunk = Filled(60, 10);
  chunk.UnionWith(Filled(71, 5));
  EXPECT_EQ(CountRuns(chunk), 2u);
  chunk.Add(70);
  EXPECT_EQ(CountRuns(chunk), 1u);
}

TEST(Task8FrozenSet, ChoosesTheSmallestForm) {
  EXPECT_EQ(ChooseForm(100, 100), (FormChoice{FrozenForm::kArray, 100}));
  EXPECT_EQ(ChooseForm(100, 49), (FormChoice{FrozenForm::kRuns, 98}));
  EXPECT_EQ(ChooseForm(4097, 4097), (FormChoice{FrozenForm::kBitmap, 4096}));
  EXPECT_EQ(ChooseForm(60'000, 3000), (FormChoice{FrozenForm::kBitmap, 4096}));
  EXPECT_EQ(ChooseForm(60'000, 2047), (FormChoice{FrozenForm::kRuns, 4094}));
  EXPECT_EQ(ChooseForm(65'536, 1), (FormChoice{FrozenForm::kRuns, 2}));
}

TEST(Task8FrozenSet, OfEqualFormsTheArrayComesFirst) {
  EXPECT_EQ(ChooseForm(100, 50).form, FrozenForm::kArray);
  EXPECT_EQ(ChooseForm(4096, 3000).form, FrozenForm::kArray);
  EXPECT_EQ(ChooseForm(50'000, 2048).form, FrozenForm::kBitmap);
  EXPECT_EQ(ChooseForm(1, 1).form, FrozenForm::kArray);
}

// Each number below `end`, and its neighbours.
void ExpectSame(const FrozenSet& frozen, const CompactSet& set,
                std::uint32_t end) {
  for (std::uint32_t number = 0; number < end; ++number) {
    if (frozen.Contains(number) != set.Contains(number)) {
      FAIL() << "Contains(" << number << ") is " << frozen.Contains(number);
    }
  }
}

TEST(Task8FrozenSet, HasTheNumbersOfEachForm) {
  CompactSet set;
  for (std::uint32_t i = 0; i < 3000; ++i) set.Add(21 * i);  // an array
  for (std::uint32_t i = 0; i < 30'000; ++i) set.Add(65'536 + 2 * i);
  for (std::uint32_t i = 140'000; i < 190'000; ++i) set.Add(i);  // runs
  const FrozenSet frozen(set);
  EXPECT_EQ(frozen.CountOf(FrozenForm::kArray), 1u);
  EXPECT_EQ(frozen.CountOf(FrozenForm::kBitmap), 1u);
  EXPECT_EQ(frozen.CountOf(FrozenForm::kRuns), 1u);
  ExpectSame(frozen, set, 300'000);
}

TEST(Task8FrozenSet, RunsReachBothEndsOfAChunk) {
  CompactSet set;
  for (std::uint32_t i = 0; i < 100; ++i) set.Add(i);
  for (std::uint32_t i = 65'500; i < 65'600; ++i) set.Add(i);
  const FrozenSet frozen(set);
  EXPECT_EQ(frozen.CountOf(FrozenForm::kRuns), 2u);
  ExpectSame(frozen, set, 200'000);
}

TEST(Task8FrozenSet, AFullChunkIsOneRun) {
  CompactSet set;
  for (std::uint32_t i = 0; i < 65'536; ++i) set.Add(i);
  const AllocationScope scope;
  const FrozenSet frozen(set);
  EXPECT_EQ(frozen.CountOf(FrozenForm::kRuns), 1u);
  EXPECT_EQ(scope.Counts().live_bytes, 10 + 4);
  ExpectSame(frozen, set, 140'000);
  RecordProperty("full_chunk", static_cast<int>(scope.Counts().live_bytes));
}

// [region SessionMinutes]
// The minutes in which a machine was in use: 2,000 sessions of 50 minutes.
CompactSet SessionMinutes() {
  std::mt19937_64 random(8);
  CompactSet minutes;
  for (int session = 0; session < 2000; ++session) {
    const auto first = static_cast<std::uint32_t>(random() % (1 << 24));
    for (std::uint32_t i = 0; i < 50; ++i) minutes.Add(first + i);
  }
  return minutes;
}
// [end]

TEST(Task8FrozenSet, NothingIsSpare) {
  const CompactSet set = SessionMinutes();
  std::int64_t units = 0;
  std::int64_t chunks = 0;
  set.ForEachChunk([&](std::uint16_t, const Chunk& chunk) {
    ++chunks;
    units += static_cast<std::int64_t>(
        ChooseForm(chunk.size(), CountRuns(chunk)).units);
  });
  const AllocationScope scope;
  const FrozenSet frozen(set);
  EXPECT_EQ(scope.Counts().allocations, 3);
  EXPECT_EQ(scope.Counts().live_bytes, 10 * chunks + 2 * units);
  const auto array_bytes = static_cast<std::int64_t>(2 * set.size());
  EXPECT_LE(scope.Counts().live_bytes * 10, array_bytes * 6);
  RecordGain("heap_bytes", array_bytes, scope.Counts().live_bytes);
}

TEST(Task8FrozenSet, NoNumberIsInAnEmptyOne) {
  const FrozenSet frozen{CompactSet()};
  EXPECT_FALSE(frozen.Contains(0));
  EXPECT_FALSE(frozen.Contains(0xFFFFFFFF));
}

TEST(Task8Random, ChunksOfRandomRunsAgree) {
  std::mt19937_64 random(10);
  for (int round = 0; round < 30; ++round) {
    CompactSet set;
    const std::uint64_t longest = 1ull << (round % 12);
    for (std::uint64_t at = random() % 100; at < 200'000;) {
      for (std::uint64_t i = random() % longest + 1; i > 0; --i) {
        set.Add(static_cast<std::uint32_t>(at++));
      }
      at += random() % 200 + 1;
    }
    const FrozenSet frozen(set);
    ASSERT_NO_FATAL_FAILURE(ExpectSame(frozen, set, 210'000))
        << "runs of up to " << longest;
  }
}

}  // namespace
}  // namespace workbook
