// SPDX-License-Identifier: Apache-2.0

#include "03_01/growth_costs.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tools/exercise/testing/called_from.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kReadings = 100'000;

// Two loops that fill the same vector.
std::vector<int> ReadingsOneByOne(int count) {
  std::vector<int> readings;
  for (int i = 0; i < count; ++i) readings.push_back(i);
  return readings;
}

std::vector<int> ReadingsWithRoomForOneMore(int count) {
  std::vector<int> readings;
  for (int i = 0; i < count; ++i) {
    readings.reserve(readings.size() + 1);  // "so that push_back never grows"
    readings.push_back(i);
  }
  return readings;
}

// Compares your arithmetic with what a real vector did.
void ExpectCosts(const GrowthCosts& yours, const AllocationCounts& real,
                 const char* file = __builtin_FILE(),
                 int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "CostsOfAppending");
  EXPECT_EQ(static_cast<std::int64_t>(yours.allocations), real.allocations)
      << "a real vector allocated " << real.allocations << " blocks";
  // A vector frees a block when it has moved all elements out of it, and the
  // block was full.
  const std::int64_t bytes_moved = real.bytes_allocated - real.live_bytes;
  EXPECT_EQ(static_cast<std::int64_t>(yours.bytes_moved), bytes_moved)
      << "a real vector moved so many bytes out of full blocks";
  EXPECT_EQ(static_cast<std::int64_t>(yours.peak_bytes), real.peak_live_bytes)
      << "while a real vector moves, its old and its new block are both alive";
}

TEST(Task1GrowthCosts, DoublingTakesTwiceTheCapacity) {
  EXPECT_EQ(Doubling::NextCapacity(1, 2, 4), 2u);
  EXPECT_EQ(Doubling::NextCapacity(4, 5, 4), 8u);
  EXPECT_EQ(Doubling::NextCapacity(1000, 1001, 8), 2000u);
}

TEST(Task1GrowthCosts, DoublingMeetsALargerRequestAtOnce) {
  EXPECT_EQ(Doubling::NextCapacity(0, 1, 4), 1u)
      << "an empty array needs a place for its first element";
  EXPECT_EQ(Doubling::NextCapacity(4, 100, 4), 100u)
      << "100 elements are required, and twice the capacity is only 8";
}

TEST(Task1GrowthCosts, EightAppendsCostWhatTheHeaderSays) {
  const GrowthCosts costs = CostsOfAppending(8, 4, &Doubling::NextCapacity);
  EXPECT_EQ(costs.allocations, 4u) << "blocks for 1, 2, 4 and 8 elements";
  EXPECT_EQ(costs.bytes_moved, 4u + 8u + 16u)
      << "1, 2 and 4 elements of 4 bytes moved";
  EXPECT_EQ(costs.peak_bytes, 16u + 32u)
      << "the blocks for 4 and 8 elements were alive at the same time";
}

TEST(Task1GrowthCosts, NothingCostsNothingAndOneMovesNothing) {
  const GrowthCosts none = CostsOfAppending(0, 4, &Doubling::NextCapacity);
  EXPECT_EQ(none.allocations, 0u);
  EXPECT_EQ(none.bytes_moved, 0u);
  EXPECT_EQ(none.peak_bytes, 0u);
  const GrowthCosts one = CostsOfAppending(1, 24, &Doubling::NextCapacity);
  EXPECT_EQ(one.allocations, 1u);
  EXPECT_EQ(one.bytes_moved, 0u) << "there is no element to move yet";
  EXPECT_EQ(one.peak_bytes, 24u);
}

TEST(Task1GrowthCosts, PredictsARealVector) {
  for (const int count : {2, 3, 64, 65, 1000}) {
    SCOPED_TRACE(std::to_string(count) + " appends");
    const AllocationScope scope;
    const std::vector<int> readings = ReadingsOneByOne(count);
    const AllocationCounts counts = scope.Counts();
    ExpectCosts(
        CostsOfAppending(readings.size(), sizeof(int), &Doubling::NextCapacity),
        counts);
  }
}

TEST(Task1GrowthCosts, PredictsTheLoopThatReservesOneMore) {
  for (const int count : {2, 3, 64, 65, 1000}) {
    SCOPED_TRACE(std::to_string(count) + " appends");
    const AllocationScope scope;
    const std::vector<int> readings = ReadingsWithRoomForOneMore(count);
    const AllocationCounts counts = scope.Counts();
    ExpectCosts(
        CostsOfAppending(readings.size(), sizeof(int), &ExactFit::NextCapacity),
        counts);
  }
}

TEST(Task1GrowthCosts, OneLineMovesTwentyGigabytes) {
  const GrowthCosts one_more =
      CostsOfAppending(kReadings, sizeof(int), &ExactFit::NextCapacity);
  const GrowthCosts doubling =
      CostsOfAppending(kReadings, sizeof(int), &Doubling::NextCapacity);
  RecordProperty("before_allocations", std::to_string(one_more.allocations));
  RecordProperty("after_allocations", std::to_string(doubling.allocations));
  RecordProperty("before_bytes_moved", std::to_string(one_more.bytes_moved));
  RecordProperty("after_bytes_moved", std::to_string(doubling.bytes_moved));
  RecordProperty("before_peak_bytes", std::to_string(one_more.peak_bytes));
  RecordProperty("after_peak_bytes", std::to_string(doubling.peak_bytes));
  // Named as the questions of predictions.toml.
  RecordProperty("reserve_for_a_thousand",
                 std::to_string(CostsOfAppending(1000, sizeof(int),
                                                 &ExactFit::NextCapacity)
                                    .bytes_moved));
  RecordProperty("doubling", std::to_string(doubling.bytes_moved));
  RecordProperty("peak", one_more.peak_bytes > doubling.peak_bytes
                             ? "the one that reserves one more, by a little"
                             : "the one that doubles, by about a half");
  RecordProperty("a_million",
                 std::to_string(CostsOfAppending(1'000'000, sizeof(int),
                                                 &Doubling::NextCapacity)
                                    .allocations));
  EXPECT_EQ(one_more.allocations, 100'000u);
  EXPECT_EQ(one_more.bytes_moved, 19'999'800'000u);
  EXPECT_EQ(one_more.peak_bytes, 799'996u);
  EXPECT_EQ(doubling.allocations, 18u);
  EXPECT_EQ(doubling.bytes_moved, 524'284u);
  EXPECT_EQ(doubling.peak_bytes, 786'432u);
}

TEST(Task1GrowthCosts, DoublingMovesAtMostTwoElementsAnAppend) {
  for (std::size_t count = 1; count <= 3000; ++count) {
    const GrowthCosts costs =
        CostsOfAppending(count, 8, &Doubling::NextCapacity);
    ASSERT_LE(costs.bytes_moved, 2 * count * 8) << count << " appends";
  }
}

// Not a rule of any library: what it is asked for shows in what it answers.
std::size_t TenMore(std::size_t /*capacity*/, std::size_t required,
                    std::size_t element_bytes) {
  return required + 9 + (element_bytes == 16 ? 0 : 1000);
}

TEST(Task1GrowthCosts, FollowsAnyRule) {
  const GrowthCosts costs = CostsOfAppending(25, 16, &TenMore);
  EXPECT_EQ(costs.allocations, 3u)
      << "blocks for 10, 20 and 30 elements: the rule is asked when the array "
         "is full, for one element more, and with the size of an element";
  EXPECT_EQ(costs.bytes_moved, (10u + 20u) * 16u);
  EXPECT_EQ(costs.peak_bytes, (20u + 30u) * 16u);
}

}  // namespace
}  // namespace workbook
