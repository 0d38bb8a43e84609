// SPDX-License-Identifier: Apache-2.0

// Whatever throws, the map has the entries that it had before the call.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <new>
#include <stdexcept>
#include <string>

#include "03_02/flat_map.h"
#include "exercises/03_02/testing/hashes.h"
#include "exercises/03_02/testing/tracked.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr int kNoLimit = std::numeric_limits<int>::max();

template <class Map>
void ExpectKeys(const Map& map, std::uint64_t count) {
  ASSERT_EQ(map.size(), count);
  std::uint64_t met = 0;
  for (const auto& entry : map) {
    ++met;
    ASSERT_LT(entry.key, count);
  }
  ASSERT_EQ(met, count);
  for (std::uint64_t key = 0; key < count; ++key) {
    ASSERT_NE(map.Find(key), nullptr) << "key " << key << " is lost";
  }
}

TEST(Task5Failure, AHashThatThrowsChangesNothing) {
  FlatMap<std::uint64_t, int, ThrowingHash> map;
  // The fifteenth key makes the map grow: each hash on the way may throw.
  for (int k = 0; k < 15; ++k) {
    SCOPED_TRACE("call " + std::to_string(k + 1) + " throws");
    ThrowingHash::calls_allowed = kNoLimit;
    map = {};
    for (std::uint64_t key = 0; key < 14; ++key) map.TryEmplace(key, 0);
    ASSERT_EQ(map.capacity(), 16u);
    const AllocationScope scope;
    ThrowingHash::calls_allowed = k;
    ASSERT_THROW(map.TryEmplace(std::uint64_t{14}, 0), HashRefused);
    ThrowingHash::calls_allowed = kNoLimit;
    ASSERT_EQ(scope.Counts().live_bytes, 0) << "a block leaks";
    ASSERT_NO_FATAL_FAILURE(ExpectKeys(map, 14));
  }
}

TEST(Task5Failure, ACopyThatThrowsChangesNothing) {
  Tracked::alive = 0;
  {
    const Tracked original(5);
    FlatMap<std::uint64_t, Tracked> map;
    for (std::uint64_t key = 0; key < 40; ++key) {
      Tracked::copies_allowed = 0;
      ASSERT_THROW(map.TryEmplace(key, original), CopyRefused);
      ASSERT_EQ(map.Find(key), nullptr) << "a key without a value";
      Tracked::copies_allowed = kNoLimit;
      ASSERT_NO_FATAL_FAILURE(ExpectKeys(map, key));
      ASSERT_TRUE(map.TryEmplace(key, original).second);
    }
    EXPECT_EQ(Tracked::alive, 41);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Task5Failure, AFailedCopyUsesNoSlotUp) {
  const Tracked original(5);
  FlatMap<std::uint64_t, Tracked> map;
  map.Reserve(14);
  Tracked::copies_allowed = 0;
  for (std::uint64_t key = 0; key < 50; ++key) {
    ASSERT_THROW(map.TryEmplace(key, original), CopyRefused);
  }
  Tracked::copies_allowed = kNoLimit;
  const AllocationScope scope;
  for (std::uint64_t key = 0; key < 14; ++key) map.TryEmplace(key, original);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "14 entries fit, however many have failed before";
}

TEST(Task5Failure, NoMemoryChangesNothing) {
  FlatMap<std::uint64_t, std::uint64_t> map;
  for (std::uint64_t key = 0; key < 20; ++key) map.TryEmplace(key, key);
  EXPECT_THROW(map.Reserve(std::size_t{1} << 59), std::bad_alloc);
  EXPECT_THROW(map.Reserve(~std::size_t{0}), std::length_error);
  ASSERT_NO_FATAL_FAILURE(ExpectKeys(map, 20));
}

struct ThrowingEqual {
  static inline bool throws = false;
  bool operator()(std::uint64_t a, std::uint64_t b) const {
    if (throws) throw HashRefused();
    return a == b;
  }
};

TEST(Task5Failure, AComparisonThatThrowsChangesNothing) {
  FlatMap<std::uint64_t, int, std::hash<std::uint64_t>, ThrowingEqual> map;
  for (std::uint64_t key = 0; key < 10; ++key) map.TryEmplace(key, 0);
  ThrowingEqual::throws = true;
  EXPECT_THROW(map.TryEmplace(std::uint64_t{3}, 0), HashRefused);
  EXPECT_THROW(map.Erase(3u), HashRefused);
  EXPECT_THROW(map.Find(3u), HashRefused);
  ThrowingEqual::throws = false;
  ASSERT_NO_FATAL_FAILURE(ExpectKeys(map, 10));
}

}  // namespace
}  // namespace workbook
