// SPDX-License-Identifier: Apache-2.0

// Erasure: what is gone, what stays, and which slots can be used again.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "03_02/flat_map.h"
#include "exercises/03_02/testing/hashes.h"
#include "exercises/03_02/testing/tracked.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Numbers = FlatMap<std::uint64_t, std::uint64_t>;
using ChosenMap = FlatMap<std::uint64_t, int, ChosenHash>;

TEST(Task5Erase, AnErasedKeyIsGoneAndOthersStay) {
  Numbers map;
  EXPECT_FALSE(map.Erase(1u)) << "an empty map has nothing to erase";
  std::vector<const std::uint64_t*> values;
  for (std::uint64_t key = 0; key < 300; ++key) map.TryEmplace(key, key);
  for (std::uint64_t key = 0; key < 300; ++key) values.push_back(map.Find(key));
  for (std::uint64_t key = 0; key < 300; key += 3) {
    ASSERT_TRUE(map.Erase(key))
        << "key " << key << " was added, and an earlier Erase lost it";
    ASSERT_FALSE(map.Erase(key)) << "key " << key << " is erased already";
  }
  EXPECT_EQ(map.size(), 200u);
  for (std::uint64_t key = 0; key < 300; ++key) {
    ASSERT_EQ(map.Find(key), key % 3 == 0 ? nullptr : values[key])
        << "key " << key << ": no other entry may move";
  }
}

TEST(Task5Erase, KeysThatAllCollideAreErased) {
  FlatMap<std::uint64_t, std::uint64_t, CollidingHash> map;
  for (std::uint64_t key = 0; key < 500; ++key) map.TryEmplace(key, key);
  for (std::uint64_t key = 0; key < 500; key += 2) {
    ASSERT_TRUE(map.Erase(key))
        << "key " << key << " was added, and erasing a key before it in the "
        << "same probe sequence hid it";
  }
  for (std::uint64_t key = 0; key < 500; ++key) {
    ASSERT_EQ(map.Find(key) != nullptr, key % 2 == 1) << "key " << key;
  }
}

TEST(Task5Erase, AnIteratorSurvivesTheErasureOfOthers) {
  Numbers map;
  for (std::uint64_t key = 0; key < 100; ++key) map.TryEmplace(key, key);
  auto kept = map.begin();
  const std::uint64_t key_of_kept = kept->key;
  for (std::uint64_t key = 0; key < 100; ++key) {
    if (key != key_of_kept && key != 50 && key != 51) map.Erase(key);
  }
  EXPECT_EQ(kept->key, key_of_kept);
  std::size_t behind = 0;
  for (++kept; kept != map.end(); ++kept) ++behind;
  EXPECT_EQ(behind, map.size() - 1) << "it was the first, and still is";
}

TEST(Task5Erase, TheEntryIsDestroyed) {
  Tracked::alive = 0;
  {
    FlatMap<int, Tracked> map;
    for (int key = 0; key < 50; ++key) map.TryEmplace(key, key);
    for (int key = 0; key < 20; ++key) map.Erase(key);
    EXPECT_EQ(Tracked::alive, 30);
    map.Clear();
    EXPECT_EQ(Tracked::alive, 0);
    map.TryEmplace(1, 1);
    EXPECT_EQ(map.Find(1)->value, 1);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Task5Erase, ASearchGoesOnBehindAnErasedEntry) {
  ChosenMap map;
  map.Reserve(56);
  for (std::uint64_t i = 0; i < 17; ++i) map.TryEmplace(KeyOf(20, i), 0);
  ASSERT_EQ(map.FindSlot(KeyOf(20, 16), KeyOf(20, 16)), 36u)
      << "the seventeenth key lies behind the full window";
  ASSERT_TRUE(map.Erase(KeyOf(20, 5))) << "the key in slot 25 was added";
  EXPECT_NE(map.Find(KeyOf(20, 16)), nullptr)
      << "an empty slot in the full window ends the search before its entry";
}

TEST(Task5Erase, AWindowFullTogetherWithItsNeighboursIsFull) {
  ChosenMap map;
  map.Reserve(56);
  for (std::uint64_t i = 0; i < 8; ++i) map.TryEmplace(KeyOf(12, i), 0);
  for (std::uint64_t i = 0; i < 9; ++i) map.TryEmplace(KeyOf(20, i), 0);
  map.TryEmplace(KeyOf(13, 50), 0);
  ASSERT_EQ(map.FindSlot(KeyOf(13, 50), KeyOf(13, 50)), 29u)
      << "slots 12 to 28 are full, and so is the window of 13";
  for (std::uint64_t i = 0; i < 8; ++i) {
    ASSERT_TRUE(map.Erase(KeyOf(20, i)))
        << "the key in slot " << 20 + i << " was added";
    ASSERT_NE(map.Find(KeyOf(13, 50)), nullptr)
        << "the window of slot " << 20 + i << " alone is not full, but that of "
        << "13 was";
  }
}

TEST(Task5Erase, ATombstoneIsFilledAgain) {
  ChosenMap map;
  map.Reserve(56);
  for (std::uint64_t i = 0; i < 17; ++i) map.TryEmplace(KeyOf(20, i), 0);
  map.Erase(KeyOf(20, 5));
  map.TryEmplace(KeyOf(20, 99), 0);
  EXPECT_EQ(map.FindSlot(KeyOf(20, 99), KeyOf(20, 99)), 25u)
      << "the tombstone is the first free slot of the window";
}

TEST(Task5Erase, ATombstoneUsesTheBudgetUp) {
  ChosenMap map;
  map.Reserve(56);
  for (std::uint64_t i = 0; i < 17; ++i) map.TryEmplace(KeyOf(20, i), 0);
  map.Erase(KeyOf(20, 5));
  const AllocationScope scope;
  map.Reserve(55);
  EXPECT_EQ(scope.Counts().allocations, 0) << "16 entries, and room for 39";
  map.Reserve(56);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "the slot of the full window is a tombstone, not empty";
}

TEST(Task5Erase, AKeyBehindATombstoneIsNotAddedTwice) {
  ChosenMap map;
  map.Reserve(56);
  for (std::uint64_t i = 0; i < 17; ++i) map.TryEmplace(KeyOf(20, i), 0);
  map.Erase(KeyOf(20, 5));
  EXPECT_FALSE(map.TryEmplace(KeyOf(20, 16), 0).second)
      << "the key lies behind the tombstone";
  EXPECT_EQ(map.size(), 16u);
}

TEST(Task5Erase, ASlotBesideEmptyOnesLeavesNoTrace) {
  Numbers map;
  map.Reserve(10);
  const AllocationScope scope;
  for (std::uint64_t key = 0; key < 10'000; ++key) {
    map.TryEmplace(key, key);
    ASSERT_TRUE(map.Erase(key)) << "key " << key << " was added just before";
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "10,000 entries came and went, and none of them left a tombstone";
}

TEST(Task5Erase, AMapOfConstantSizeDoesNotGrow) {
  Numbers map;
  map.Reserve(896);
  for (std::uint64_t key = 0; key < 800; ++key) map.TryEmplace(key, key);
  for (std::uint64_t key = 0; key < 60'000; ++key) {
    ASSERT_TRUE(map.Erase(key))
        << "key " << key << " was added 800 pairs before";
    ASSERT_TRUE(map.TryEmplace(key + 800, key).second);
    ASSERT_EQ(map.capacity(), 1024u)
        << "after " << key << " pairs: drop tombstones instead of growing";
  }
  for (std::uint64_t key = 60'000; key < 60'800; ++key) {
    ASSERT_NE(map.Find(key), nullptr);
  }
}

TEST(Task5Erase, AKeyMayBeErasedByItself) {
  FlatMap<std::string, int> map;
  for (int i = 0; i < 100; ++i) {
    map.TryEmplace("a key of more than fifteen letters " + std::to_string(i),
                   i);
  }
  while (map.size() > 0) {
    const std::size_t size = map.size();
    ASSERT_TRUE(map.Erase(map.begin()->key))
        << "the key lies in the map: use it before its entry is destroyed";
    ASSERT_EQ(map.size(), size - 1);
  }
  EXPECT_EQ(map.begin(), map.end());
}

}  // namespace
}  // namespace workbook
