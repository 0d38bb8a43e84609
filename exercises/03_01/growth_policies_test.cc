// SPDX-License-Identifier: Apache-2.0

#include "03_01/growth_policies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "tools/exercise/testing/called_from.h"
#include "tools/exercise/testing/same_list.h"

namespace workbook {
namespace {

using Capacities = std::vector<std::size_t>;

// The capacities that an array passes through on its way to `size` elements.
template <class Policy>
Capacities CapacitiesUpTo(std::size_t size, std::size_t element_bytes) {
  Capacities capacities;
  std::size_t last = 0;
  while (last < size) {
    const std::size_t next =
        Policy::NextCapacity(last, last + 1, element_bytes);
    if (next <= last) {
      ADD_FAILURE() << "a full array of capacity " << last << " got " << next;
      return capacities;
    }
    capacities.push_back(last = next);
  }
  return capacities;
}

TEST(Task2GrowthPolicies, GoRoundsUpToASizeClass) {
  EXPECT_EQ(GoBlockBytes(1), 8u);
  EXPECT_EQ(GoBlockBytes(8), 8u) << "a size that is a class is not rounded";
  EXPECT_EQ(GoBlockBytes(33), 48u);
  EXPECT_EQ(GoBlockBytes(1025), 1152u);
  for (std::size_t i = 1; i < kGoSizeClassBytes.size(); ++i) {
    ASSERT_EQ(GoBlockBytes(kGoSizeClassBytes[i]), kGoSizeClassBytes[i]);
    ASSERT_EQ(GoBlockBytes(kGoSizeClassBytes[i - 1] + 1u),
              kGoSizeClassBytes[i]);
  }
}

TEST(Task2GrowthPolicies, GoRoundsLargeBlocksUpToPages) {
  EXPECT_EQ(GoBlockBytes(32'768), 32'768u) << "the largest class";
  EXPECT_EQ(GoBlockBytes(32'769), 40'960u) << "5 pages of 8192 bytes";
  EXPECT_EQ(GoBlockBytes(40'960), 40'960u) << "whole pages stay as they are";
  EXPECT_EQ(GoBlockBytes(1'000'000), 1'007'616u) << "123 pages";
}

TEST(Task2GrowthPolicies, OneAndAHalfAddsHalf) {
  const Capacities expected = {1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 63};
  EXPECT_TRUE(SameList(CapacitiesUpTo<OneAndAHalf>(60, 8), expected))
      << "an array that grows by single appends";
  EXPECT_EQ(OneAndAHalf::NextCapacity(10, 40, 8), 40u)
      << "40 elements are required, and one and a half times 10 is 15";
}

TEST(Task2GrowthPolicies, GoBefore118GrowsAsPublished) {
  const Capacities published = {1,    2,    4,    8,    16,   32,   64,
                                128,  256,  512,  1024, 1280, 1696, 2304,
                                3072, 4096, 5120, 7168, 9216, 12288};
  EXPECT_TRUE(SameList(CapacitiesUpTo<GoBefore118>(12'000, 8), published))
      << "a slice of 8-byte elements that grows by single appends";
}

TEST(Task2GrowthPolicies, GoSince118GrowsAsPublished) {
  const Capacities published = {1,   2,   4,   8,    16,   32,   64,   128,
                                256, 512, 848, 1280, 1792, 2560, 3408, 5120};
  EXPECT_TRUE(SameList(CapacitiesUpTo<GoSince118>(5000, 8), published))
      << "a slice of 8-byte elements that grows by single appends";
}

TEST(Task2GrowthPolicies, SmallElementsFillTheirFirstBlock) {
  EXPECT_EQ(GoSince118::NextCapacity(0, 1, 1), 8u)
      << "the smallest block has 8 bytes: room for 8 elements of one byte";
  EXPECT_EQ(GoBefore118::NextCapacity(0, 5, 8), 6u)
      << "5 elements of 8 bytes need 40, and the block has 48";
  EXPECT_EQ(GoSince118::NextCapacity(0, 1, 5), 1u)
      << "a block of 8 bytes has room for one element of 5, not for two";
  const std::size_t bytes = GoSince118::NextCapacity(1000, 1001, 1);
  EXPECT_EQ(bytes, 1536u) << "1000, then 1442: the class has 1536 bytes";
  RecordProperty("a_thousand_bytes", std::to_string(bytes));
}

TEST(Task2GrowthPolicies, MoreThanTwiceTheCapacityIsTakenAsRequired) {
  EXPECT_EQ(GoBefore118::NextCapacity(2000, 4001, 8), 4096u)
      << "4001 elements are 32008 bytes, whose class has 32768";
  EXPECT_EQ(GoSince118::NextCapacity(5, 11, 8), 12u)
      << "11 elements are 88 bytes, whose class has 96";
}

TEST(Task2GrowthPolicies, OneStepIsNotAlwaysEnough) {
  EXPECT_EQ(GoBefore118::NextCapacity(1024, 2048, 8), 2560u)
      << "by the rule it is 1024, 1280, 1600, 2000, 2500; then 20000 bytes "
         "become 20480";
  EXPECT_EQ(GoSince118::NextCapacity(512, 1024, 8), 1280u)
      << "by the rule it is 512, 832, 1232; then 9856 bytes become 10240";
}

// The same by another way: of all blocks that Go has, the first that takes the
// capacity before rounding.
std::size_t FirstBlockFor(std::size_t bytes) {
  for (const std::size_t block : kGoSizeClassBytes) {
    if (block >= bytes) return block;
  }
  std::size_t block = kGoSizeClassBytes.back();
  while (block < bytes) block += kGoPageBytes;
  return block;
}

template <class Policy, class Raise>
void ExpectEveryCapacity(std::size_t threshold, Raise raise,
                         const char* file = __builtin_FILE(),
                         int line = __builtin_LINE()) {
  const CalledFrom here(file, line);
  for (const std::size_t element_bytes : {1u, 4u, 12u, 24u}) {
    for (std::size_t capacity = 1; capacity < 2500; ++capacity) {
      const std::size_t raw =
          capacity < threshold ? capacity + capacity : raise(capacity);
      ASSERT_EQ(Policy::NextCapacity(capacity, capacity + 1, element_bytes),
                FirstBlockFor(raw * element_bytes) / element_bytes)
          << "a full array of " << capacity << " elements of " << element_bytes
          << " bytes: " << raw << " before rounding to a block";
    }
  }
}

TEST(Task2GrowthPolicies, GoBefore118HoldsForEveryCapacity) {
  ExpectEveryCapacity<GoBefore118>(
      1024, [](std::size_t capacity) { return capacity + capacity / 4; });
}

TEST(Task2GrowthPolicies, GoSince118HoldsForEveryCapacity) {
  ExpectEveryCapacity<GoSince118>(256, [](std::size_t capacity) {
    return capacity + (capacity + 768) / 4;
  });
}

// Of a hundred thousand ints that are appended one by one.
struct Sums {
  std::size_t blocks;
  std::size_t bytes_moved;
  std::size_t peak_bytes;
  bool operator==(const Sums&) const = default;
};

[[maybe_unused]] std::ostream& operator<<(std::ostream& out, const Sums& sums) {
  return out << sums.blocks << " blocks, " << sums.bytes_moved
             << " bytes moved, a peak of " << sums.peak_bytes << " bytes";
}

template <class Policy>
Sums SumsOf(const std::string& name) {
  const Capacities capacities = CapacitiesUpTo<Policy>(100'000, sizeof(int));
  if (capacities.size() < 2) return {};
  Sums sums{};
  sums.blocks = capacities.size();
  sums.bytes_moved =
      sizeof(int) *
      std::accumulate(capacities.begin(), capacities.end() - 1, std::size_t{0});
  sums.peak_bytes =
      sizeof(int) * (capacities.back() + capacities[capacities.size() - 2]);
  testing::Test::RecordProperty(name + "_allocations",
                                std::to_string(sums.blocks));
  testing::Test::RecordProperty(name + "_bytes_moved",
                                std::to_string(sums.bytes_moved));
  testing::Test::RecordProperty(name + "_peak_bytes",
                                std::to_string(sums.peak_bytes));
  return sums;
}

TEST(Task2GrowthPolicies, AHundredThousandIntsUnderEachRule) {
  const Sums half = SumsOf<OneAndAHalf>("one_and_a_half");
  const Sums before = SumsOf<GoBefore118>("go_before_118");
  const Sums since = SumsOf<GoSince118>("go_since_118");
  EXPECT_EQ(half, (Sums{30, 1'106'084, 921'700}));
  EXPECT_EQ(before, (Sums{28, 1'801'976, 884'736}));
  EXPECT_EQ(since, (Sums{26, 1'525'624, 794'624}));
  const std::size_t least =
      std::min({half.bytes_moved, before.bytes_moved, since.bytes_moved});
  RecordProperty("least_moved", least == half.bytes_moved ? "one and a half"
                                : least == before.bytes_moved
                                    ? "Go up to 1.17"
                                    : "Go since 1.18");
  RecordProperty("go_allocations", std::to_string(since.blocks));
}

}  // namespace
}  // namespace workbook
