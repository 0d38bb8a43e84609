// SPDX-License-Identifier: Apache-2.0

#include "04_02/delta_ids.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <stdexcept>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();

std::vector<std::uint64_t> AllOf(const DeltaIds& ids) {
  std::vector<std::uint64_t> all;
  ids.ForEach([&all](std::uint64_t id) { all.push_back(id); });
  return all;
}

TEST(Task4DeltaIds, NoIdIsInAnEmptyList) {
  const DeltaIds ids;
  EXPECT_EQ(ids.size(), 0u);
  EXPECT_FALSE(ids.Contains(0));
  EXPECT_FALSE(ids.Contains(kLast));
}

TEST(Task4DeltaIds, FindsWhatWasAppended) {
  DeltaIds ids;
  for (const std::uint64_t id : {5u, 6u, 200u, 100'000u}) ids.Append(id);
  EXPECT_EQ(ids.size(), 4u);
  for (const std::uint64_t id : {5u, 6u, 200u, 100'000u}) {
    EXPECT_TRUE(ids.Contains(id)) << id;
  }
  for (const std::uint64_t id : {0u, 4u, 7u, 199u, 201u, 99'999u, 100'001u}) {
    EXPECT_FALSE(ids.Contains(id)) << id;
  }
}

TEST(Task4DeltaIds, HoldsTheFirstAndTheLastId) {
  DeltaIds ids;
  ids.Append(0);
  ids.Append(kLast);
  EXPECT_EQ(AllOf(ids), (std::vector<std::uint64_t>{0, kLast}));
  EXPECT_TRUE(ids.Contains(0));
  EXPECT_TRUE(ids.Contains(kLast));
  EXPECT_FALSE(ids.Contains(kLast - 1));
}

TEST(Task4DeltaIds, RefusesWhatDoesNotRise) {
  DeltaIds ids;
  ids.Append(10);
  EXPECT_THROW(ids.Append(10), std::invalid_argument);
  EXPECT_THROW(ids.Append(9), std::invalid_argument);
  EXPECT_EQ(AllOf(ids), (std::vector<std::uint64_t>{10}));
  ids.Append(11);
  EXPECT_EQ(AllOf(ids), (std::vector<std::uint64_t>{10, 11}));
}

TEST(Task4DeltaIds, BlocksMeetWithoutAGap) {
  DeltaIds ids;
  for (std::uint64_t i = 0; i < 200; ++i) ids.Append(3 * i);
  for (std::uint64_t i = 0; i < 200; ++i) {
    ASSERT_EQ(ids.At(i), 3 * i) << "id " << i << ", in block " << i / 64;
    ASSERT_TRUE(ids.Contains(3 * i)) << "id " << i << ", in block " << i / 64;
    ASSERT_FALSE(ids.Contains(3 * i + 1));
    ASSERT_FALSE(ids.Contains(3 * i + 2));
  }
}

TEST(Task4DeltaIds, AGapBetweenBlocksIsEmpty) {
  DeltaIds ids;
  for (std::uint64_t i = 0; i < 64; ++i) ids.Append(i);
  for (std::uint64_t i = 1000; i < 1100; ++i) ids.Append(i);
  for (std::uint64_t id = 64; id < 1000; ++id) {
    ASSERT_FALSE(ids.Contains(id))
        << id << " is between the first block and the second";
  }
}

TEST(Task4DeltaIds, FullBlocksAndTheirNeighboursAgree) {
  for (std::uint64_t count : {1u, 63u, 64u, 65u, 128u, 129u}) {
    DeltaIds ids;
    for (std::uint64_t i = 0; i < count; ++i) ids.Append(1000 + i);
    EXPECT_EQ(ids.At(count - 1), 999 + count);
    EXPECT_TRUE(ids.Contains(999 + count)) << count << " ids";
    EXPECT_FALSE(ids.Contains(1000 + count)) << count << " ids";
    EXPECT_FALSE(ids.Contains(999)) << count << " ids";
    EXPECT_EQ(AllOf(ids).size(), count);
  }
}

// [region WholeIds]
// The documents that have a word, in rising order.
std::vector<std::uint64_t> WholeIds(std::uint64_t count) {
  std::vector<std::uint64_t> ids;
  ids.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) ids.push_back(100 * i + i % 7);
  return ids;
}
// [end]

TEST(Task4DeltaIds, ADenseIdCostsLittleMoreThanAByte) {
  constexpr std::uint64_t kCount = 1 << 16;
  const AllocationScope natural_scope;
  const std::vector<std::uint64_t> whole = WholeIds(kCount);
  const auto natural = natural_scope.Counts().live_bytes;
  DeltaIds ids;
  for (const std::uint64_t id : whole) ids.Append(id);
  const AllocationScope scope;
  const DeltaIds copy = ids;  // without what growth has to spare
  const auto live = scope.Counts().live_bytes;
  EXPECT_EQ(live, 1024 * 16 + 1024 * 63)
      << "16 a block, and one for each id but its first";
  EXPECT_LE(live * 10, natural * 6);
  RecordGain("heap_bytes", natural, live);
  RecordProperty("delta_block", static_cast<int>(live / 1024));
}

TEST(Task4DeltaIds, SearchingAllocatesNothing) {
  DeltaIds ids;
  for (std::uint64_t i = 0; i < 1000; ++i) ids.Append(i * i);
  const AllocationScope scope;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    ASSERT_TRUE(ids.Contains(i * i));
    ASSERT_EQ(ids.At(i), i * i);
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task4Random, AMillionCallsAgreeWithASet) {
  std::mt19937_64 random(4);
  for (int round = 0; round < 10; ++round) {
    DeltaIds ids;
    std::set<std::uint64_t> model;
    std::vector<std::uint64_t> in_order;
    std::uint64_t last = 0;
    for (int call = 0; call < 100'000; ++call) {
      const std::uint64_t bits = random();
      if (in_order.empty() || bits % 4 == 0) {
        // Deltas of each length of a varint, and small ones most of the time.
        last += 1 + ((bits >> 20) >> (bits >> 8) % 44) % (1ull << 45);
        ids.Append(last);
        model.insert(last);
        in_order.push_back(last);
      } else if (bits % 4 == 1) {
        const std::size_t index = (bits >> 8) % in_order.size();
        ASSERT_EQ(ids.At(index), in_order[index]) << "call " << call;
      } else {
        const std::uint64_t near =
            in_order[(bits >> 8) % in_order.size()] + bits % 3 - 1;
        ASSERT_EQ(ids.Contains(near), model.contains(near))
            << "call " << call << ", id " << near;
      }
    }
    ASSERT_EQ(ids.size(), in_order.size());
    std::size_t next = 0;
    ids.ForEach([&](std::uint64_t id) {
      ASSERT_EQ(id, in_order[next]) << "id " << next;
      ++next;
    });
  }
}

}  // namespace
}  // namespace workbook
