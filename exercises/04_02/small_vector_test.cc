// SPDX-License-Identifier: Apache-2.0

#include "04_02/small_vector.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

template <class Vector>
bool LiesInside(const Vector& vector) {
  const auto begin = reinterpret_cast<std::uintptr_t>(&vector);
  const auto data = reinterpret_cast<std::uintptr_t>(vector.data());
  return begin <= data && data < begin + sizeof(Vector);
}

template <class T, std::size_t N>
std::vector<T> Copied(const SmallVector<T, N>& vector) {
  return std::vector<T>(vector.begin(), vector.end());
}

using Ints = std::vector<int>;

TEST(Task6SmallVector, AnEmptyOneLiesInside) {
  SmallVector<int, 4> vector;
  EXPECT_EQ(vector.size(), 0u);
  EXPECT_EQ(vector.capacity(), 4u);
  EXPECT_TRUE(LiesInside(vector));
}

// [region TagsOf]
// A photo rarely has more than four tags.
std::vector<int> TagsOf(int count) {
  std::vector<int> tags;
  for (int tag = 0; tag < count; ++tag) {
    tags.push_back(tag);  // NOLINT: without reserve, as most code has it
  }
  return tags;
}
// [end]

TEST(Task6SmallVector, NElementsCostNoAllocation) {
  const AllocationScope natural_scope;
  const std::vector<int> natural = TagsOf(4);
  const auto before = natural_scope.Counts().allocations;
  const AllocationScope scope;
  SmallVector<int, 4> vector;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(vector.emplace_back(i), i);
    EXPECT_TRUE(LiesInside(vector));
  }
  const auto after = scope.Counts().allocations;
  EXPECT_EQ(after, 0);
  EXPECT_EQ(vector.capacity(), 4u);
  EXPECT_EQ(Copied(vector), (Ints{0, 1, 2, 3}));
  RecordGain("allocations", before, after);
  RecordProperty("natural_blocks", static_cast<int>(before));
}

TEST(Task6SmallVector, AThousandShortOnesTakeLessThanTheNaturalForm) {
  constexpr std::size_t kCount = 1000;
  const AllocationScope natural_scope;
  std::vector<std::vector<int>> natural(kCount);
  for (std::vector<int>& each : natural) {
    each.reserve(4);
    each.assign({1, 2, 3, 4});
  }
  const auto before = natural_scope.Counts().live_bytes;
  const AllocationScope scope;
  std::vector<SmallVector<int, 4>> vectors(kCount);
  for (SmallVector<int, 4>& each : vectors) {
    for (int i = 1; i <= 4; ++i) each.push_back(i);
  }
  const auto after = scope.Counts().live_bytes;
  EXPECT_EQ(after, 24 * 1000) << "8 and four ints each";
  EXPECT_LE(after * 10, before * 6) << "std::vector and its blocks: " << before;
  RecordGain("bytes", before, after);
  RecordProperty("natural_bytes", static_cast<int>(before / 1000));
}

TEST(Task6SmallVector, OneMoreTakesABlockOfTwiceTheCapacity) {
  SmallVector<int, 4> vector;
  for (int i = 0; i < 4; ++i) vector.push_back(i);
  const AllocationScope scope;
  vector.push_back(4);
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().live_bytes, 8 * 4);
  EXPECT_EQ(vector.capacity(), 8u);
  EXPECT_FALSE(LiesInside(vector));
  EXPECT_EQ(Copied(vector), (Ints{0, 1, 2, 3, 4}));
}

TEST(Task6SmallVector, AThousandAppendsDoubleEightTimes) {
  const AllocationScope scope;
  SmallVector<int, 4> vector;
  for (int i = 0; i < 1000; ++i) vector.push_back(i);
  EXPECT_EQ(scope.Counts().allocations, 8) << "blocks of 8, 16, ..., 1024";
  EXPECT_EQ(vector.capacity(), 1024u);
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(vector[static_cast<std::size_t>(i)], i);
  }
}

TEST(Task6SmallVector, ReserveTakesExactlyWhatIsAskedFor) {
  const AllocationScope scope;
  {
    SmallVector<int, 4> vector;
    vector.push_back(7);
    vector.reserve(4);
    EXPECT_EQ(scope.Counts().allocations, 0) << "4 fit inside";
    vector.reserve(5);
    EXPECT_EQ(vector.capacity(), 5u);
    vector.reserve(100);
    EXPECT_EQ(vector.capacity(), 100u);
    EXPECT_EQ(scope.Counts().allocations, 2);
    EXPECT_EQ(scope.Counts().live_bytes, 400);
    vector.reserve(50);
    EXPECT_EQ(vector.capacity(), 100u) << "never less";
    EXPECT_EQ(Copied(vector), (Ints{7}));
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task6SmallVector, AnArgumentMayBeAnElement) {
  SmallVector<std::string, 2> vector;
  vector.push_back(std::string(40, 'a'));
  for (int i = 0; i < 300; ++i) {
    vector.push_back(vector[0]);
    ASSERT_EQ(vector[vector.size() - 1], std::string(40, 'a'))
        << "the copy of v[0] that made element " << vector.size() - 1;
  }
}

TEST(Task6SmallVector, AnElementMayBeMovedIntoItsOwnVector) {
  SmallVector<std::string, 2> vector;
  vector.push_back(std::string(40, 'a'));
  vector.push_back(std::string(40, 'b'));
  vector.push_back(std::move(vector[0]));
  EXPECT_EQ(vector[2], std::string(40, 'a'));
  EXPECT_EQ(vector[1], std::string(40, 'b'));
}

TEST(Task6SmallVector, TakesWhatCannotBeCopied) {
  SmallVector<std::unique_ptr<int>, 2> vector;
  for (int i = 0; i < 10; ++i) vector.push_back(std::make_unique<int>(i));
  for (std::size_t i = 0; i < 10; ++i) {
    ASSERT_EQ(*vector[i], static_cast<int>(i));
  }
  const SmallVector<std::unique_ptr<int>, 2> other = std::move(vector);
  EXPECT_EQ(*other[9], 9);
}

struct alignas(64) Line {
  int value = 0;
};

TEST(Task6SmallVector, KeepsTheAlignmentOfItsElements) {
  SmallVector<Line, 2> vector;
  for (int i = 0; i < 20; ++i) {
    vector.emplace_back(Line{i});
    for (const Line& line : vector) {
      ASSERT_EQ(reinterpret_cast<std::uintptr_t>(&line) % 64, 0u)
          << "with " << vector.size() << " elements";
    }
  }
  EXPECT_EQ(vector[19].value, 19);
}

TEST(Task6SmallVector, PopsAndClears) {
  SmallVector<std::string, 2> vector;
  for (int i = 0; i < 5; ++i) vector.push_back(std::string(30, 'x'));
  vector.pop_back();
  EXPECT_EQ(vector.size(), 4u);
  vector.clear();
  EXPECT_TRUE(vector.empty());
  EXPECT_EQ(vector.capacity(), 8u) << "clear keeps the block";
  const AllocationScope scope;
  vector.push_back("short");
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task6SmallVector, ALargeOneMovesItsElements) {
  SmallVector<std::uint64_t, 32> vector;
  for (std::uint64_t i = 0; i < 30; ++i) vector.push_back(i * i);
  SmallVector<std::uint64_t, 32> other = std::move(vector);
  ASSERT_EQ(other.size(), 30u);
  EXPECT_EQ(other[29], 29u * 29u);
  EXPECT_TRUE(LiesInside(other));
  EXPECT_EQ(vector.size(), 0u);  // NOLINT: moved-from is defined
}

}  // namespace
}  // namespace workbook
