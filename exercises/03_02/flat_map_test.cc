// SPDX-License-Identifier: Apache-2.0

#include "03_02/flat_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "exercises/03_02/given/hashing.h"
#include "exercises/03_02/testing/hashes.h"
#include "exercises/03_02/testing/tracked.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Numbers = FlatMap<std::uint64_t, std::uint64_t>;
using ChosenMap = FlatMap<std::uint64_t, int, ChosenHash>;

TEST(Task5FlatMap, FindsWhatWasAdded) {
  Numbers map;
  EXPECT_EQ(map.Find(5u), nullptr) << "an empty map has no key";
  for (std::uint64_t key = 0; key < 1000; ++key) {
    const auto [value, added] = map.TryEmplace(key * 3, key);
    ASSERT_TRUE(added) << "key " << key * 3;
    ASSERT_EQ(*value, key);
  }
  EXPECT_EQ(map.size(), 1000u);
  for (std::uint64_t key = 0; key < 3000; ++key) {
    const std::uint64_t* const value = map.Find(key);
    ASSERT_EQ(value != nullptr, key % 3 == 0) << "key " << key;
    if (value != nullptr) {
      ASSERT_EQ(*value, key / 3);
    }
  }
}

TEST(Task5FlatMap, AKeyThatIsThereKeepsItsValue) {
  Numbers map;
  map.TryEmplace(std::uint64_t{1}, 10u);
  const auto [value, added] = map.TryEmplace(std::uint64_t{1}, 11u);
  EXPECT_FALSE(added);
  EXPECT_EQ(*value, 10u);
  EXPECT_EQ(map.size(), 1u);
}

TEST(Task5FlatMap, KeysThatAreThereCostNothing) {
  FlatMap<std::uint64_t, Tracked> map;
  for (std::uint64_t key = 0; key < 100; ++key) map.TryEmplace(key, 1);
  Tracked::made = 0;
  const AllocationScope scope;
  for (std::uint64_t key = 0; key < 100; ++key) map.TryEmplace(key, 2);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(Tracked::made, 0) << "values made for keys that are there";
}

TEST(Task5FlatMap, AnEntryTakesTheLowestFreeSlotOfItsFirstWindow) {
  ChosenMap map;
  map.Reserve(56);
  ASSERT_EQ(map.capacity(), 64u);
  for (std::uint64_t i = 0; i < 16; ++i) {
    map.TryEmplace(KeyOf(20, i), 0);
    EXPECT_EQ(map.FindSlot(KeyOf(20, i), KeyOf(20, i)), 20 + i);
  }
  // Its window is full. The next ones begin at 20 + 16 and at 36 + 32, which is
  // 4 since the table goes round.
  for (std::uint64_t i = 16; i < 32; ++i) map.TryEmplace(KeyOf(20, i), 0);
  EXPECT_EQ(map.FindSlot(KeyOf(20, 16), KeyOf(20, 16)), 36u);
  map.TryEmplace(KeyOf(20, 32), 0);
  EXPECT_EQ(map.FindSlot(KeyOf(20, 32), KeyOf(20, 32)), 4u);
  EXPECT_EQ(map.FindSlot(KeyOf(20, 33), KeyOf(20, 33)), ChosenMap::kNoSlot);
  map.TryEmplace(KeyOf(63, 0), 0);
  map.TryEmplace(KeyOf(63, 1), 0);
  EXPECT_EQ(map.FindSlot(KeyOf(63, 0), KeyOf(63, 0)), 63u);
  EXPECT_EQ(map.FindSlot(KeyOf(63, 1), KeyOf(63, 1)), 0u)
      << "a window at the end goes on at the beginning";
}

struct CountingEqual {
  static inline int calls = 0;
  bool operator()(std::uint64_t a, std::uint64_t b) const {
    ++calls;
    return a == b;
  }
};

TEST(Task5FlatMap, ComparesOnlyKeysOfTheSameFragment) {
  FlatMap<std::uint64_t, int, ChosenHash, CountingEqual> map;
  for (std::uint64_t i = 0; i < 14; ++i) map.TryEmplace(KeyOf(0, i), 0);
  CountingEqual::calls = 0;
  EXPECT_NE(map.Find(KeyOf(0, 9)), nullptr);
  EXPECT_EQ(CountingEqual::calls, 1) << "a hit among 14 keys of a window";
  EXPECT_EQ(map.Find(KeyOf(0, 99)), nullptr);
  EXPECT_EQ(CountingEqual::calls, 1) << "a miss compares no key at all";
  RecordProperty("compared_by_a_miss", CountingEqual::calls - 1);
  EXPECT_EQ(map.Find(KeyOf(1, 9)), nullptr);
  EXPECT_EQ(CountingEqual::calls, 2) << "another key of the same fragment";
}

// Open addressing without control bytes: counts the keys that a search meets.
std::size_t ComparedKeys(const std::vector<std::uint64_t>& slots,
                         std::uint64_t key, std::size_t hash) {
  std::size_t compared = 0;
  for (std::size_t slot = hash % slots.size(); slots[slot] != 0;
       slot = (slot + 1) % slots.size()) {
    ++compared;
    if (slots[slot] == key) break;
  }
  return compared;
}

TEST(Task5FlatMap, AMissIsDecidedByControlBytes) {
  std::vector<std::uint64_t> slots(1024);
  FlatMap<std::uint64_t, int, std::hash<std::uint64_t>, CountingEqual> map;
  for (std::uint64_t key = 1; key <= 896; ++key) {
    std::size_t slot = MixedBits(key) % slots.size();
    while (slots[slot] != 0) slot = (slot + 1) % slots.size();
    slots[slot] = key;
    map.TryEmplace(key, 0);
  }
  ASSERT_EQ(map.capacity(), slots.size());
  std::size_t without = 0;
  CountingEqual::calls = 0;
  for (std::uint64_t key = 1001; key <= 2000; ++key) {
    without += ComparedKeys(slots, key, MixedBits(key));
    EXPECT_EQ(map.Find(key), nullptr);
  }
  EXPECT_LT(CountingEqual::calls, 200)
      << "keys compared by a thousand misses: one fragment in 254 agrees by "
         "chance, at 14 keys a window";
  EXPECT_GT(without, 10'000u) << "as many, slot by slot, at the same load";
  RecordGain("compared_keys", without,
             static_cast<std::size_t>(CountingEqual::calls));
}

struct CountingWindow : WordWindow {
  static inline int read = 0;
  explicit CountingWindow(const std::uint8_t* controls) : WordWindow(controls) {
    ++read;
  }
};
using CountingMap = FlatMap<std::uint64_t, int, ChosenHash,
                            std::equal_to<std::uint64_t>, CountingWindow>;

// Windows that a search for a key which is missing reads.
int WindowsRead(const CountingMap& map, std::uint64_t key) {
  CountingWindow::read = 0;
  EXPECT_EQ(map.Find(key), nullptr);
  return CountingWindow::read;
}

TEST(Task5FlatMap, AFullWindowEndsASearchIfNoEntryWentPastIt) {
  CountingMap map;
  map.Reserve(56);
  for (std::uint64_t i = 0; i < 16; ++i) map.TryEmplace(KeyOf(20, i), 0);
  const int of_an_empty_window = WindowsRead(map, KeyOf(40, 99));
  EXPECT_EQ(WindowsRead(map, KeyOf(20, 99)), of_an_empty_window)
      << "slots 20 to 35 are full, and their overflow bit is clear";
  map.TryEmplace(KeyOf(20, 16), 0);
  EXPECT_GT(WindowsRead(map, KeyOf(20, 99)), of_an_empty_window)
      << "an entry lies in the next window, and others may";
  EXPECT_EQ(WindowsRead(map, KeyOf(21, 99)), of_an_empty_window)
      << "slots 21 to 36 are full as well, and none went past that window";
}

TEST(Task5FlatMap, GrowsWhenSevenEighthsAreFull) {
  Numbers map;
  for (std::uint64_t key = 0; key < 1000; ++key) {
    map.TryEmplace(key, key);
    ASSERT_EQ(map.capacity(), FlatCapacity(key + 1));
  }
}

TEST(Task5FlatMap, AllEntriesLieInOneBlock) {
  const AllocationScope scope;
  Numbers map;
  EXPECT_EQ(scope.Counts().allocations, 0) << "an empty map needs no block";
  for (std::uint64_t key = 0; key < 896; ++key) map.TryEmplace(key, key);
  EXPECT_EQ(scope.Counts().allocations - scope.Counts().frees, 1);
  EXPECT_EQ(scope.Counts().live_bytes, 1024 * 17 + 1024 / 8 + 16)
      << "1024 slots of 16 bytes, each with a control byte and a bit, and 16 "
         "bytes more";
  EXPECT_EQ(scope.Counts().allocations, 7) << "16, 32, 64, ... 1024 slots";
  RecordProperty("blocks", static_cast<int>(scope.Counts().allocations));
}

TEST(Task5FlatMap, AReservedMapMovesNothing) {
  const AllocationScope scope;
  Numbers map;
  map.Reserve(1000);
  std::vector<std::uint64_t*> values;
  const auto allocations = scope.Counts().allocations;
  for (std::uint64_t key = 0; key < 1000; ++key) {
    std::uint64_t* const value = map.TryEmplace(key, key).first;
    if (key % 100 == 0) values.push_back(value);
  }
  EXPECT_EQ(map.capacity(), 2048u);
  EXPECT_EQ(allocations, 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(map.Find(i * 100), values[i]) << "the entry has moved";
  }
  const AllocationScope again;
  map.Reserve(1792);
  EXPECT_EQ(again.Counts().allocations, 0) << "there is room already";
}

TEST(Task5FlatMap, IterationMeetsEachEntryOnce) {
  Numbers map;
  EXPECT_EQ(map.begin(), map.end());
  for (std::uint64_t key = 0; key < 500; ++key) map.TryEmplace(key, key + 7);
  std::set<std::uint64_t> keys;
  for (const auto& entry : map) {
    EXPECT_EQ(entry.value, entry.key + 7);
    EXPECT_TRUE(keys.insert(entry.key).second) << "met twice";
  }
  EXPECT_EQ(keys.size(), 500u);
}

TEST(Task5FlatMap, ArgumentsMayBeOfTheMapThatGrows) {
  FlatMap<std::uint64_t, std::string> map;
  const std::string text = "a text that does not fit into the string itself";
  map.TryEmplace(std::uint64_t{0}, text);
  for (std::uint64_t key = 1; key < 200; ++key) {
    const std::string* const last = map.Find(key - 1);
    ASSERT_NE(last, nullptr);
    map.TryEmplace(key, *last);
    ASSERT_EQ(*map.Find(key), text) << "key " << key;
    ASSERT_EQ(*map.Find(key - 1), text) << "the source of the copy, after it";
  }
}

TEST(Task5FlatMap, KeysThatAllCollideAreFound) {
  FlatMap<std::uint64_t, std::uint64_t, CollidingHash> map;
  for (std::uint64_t key = 0; key < 500; ++key) map.TryEmplace(key, key);
  for (std::uint64_t key = 0; key < 500; ++key) {
    ASSERT_NE(map.Find(key), nullptr) << "key " << key;
    ASSERT_EQ(*map.Find(key), key);
  }
  EXPECT_EQ(map.Find(500u), nullptr);
}

TEST(Task5FlatMap, ValuesMayBeMoveOnlyAndAlignedToCacheLines) {
  struct alignas(64) Line {
    explicit Line(std::unique_ptr<int> number) : owned(std::move(number)) {}
    std::unique_ptr<int> owned;
  };
  FlatMap<int, Line> map;
  for (int key = 0; key < 100; ++key) {
    map.TryEmplace(key, std::make_unique<int>(key));
  }
  for (int key = 0; key < 100; ++key) {
    const Line* const line = map.Find(key);
    ASSERT_NE(line, nullptr);
    ASSERT_EQ(*line->owned, key);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(line) % 64, 0u);
  }
}

TEST(Task5FlatMap, AMovedMapTakesItsBlockAlong) {
  Numbers map;
  map.TryEmplace(std::uint64_t{1}, 2u);
  const std::uint64_t* const value = map.Find(1u);
  Numbers other(std::move(map));
  EXPECT_EQ(other.Find(1u), value);
  map = Numbers();
  EXPECT_EQ(map.size(), 0u);
  EXPECT_EQ(map.Find(1u), nullptr);
  map.TryEmplace(std::uint64_t{3}, 4u);
  EXPECT_EQ(*map.Find(3u), 4u);
}

}  // namespace
}  // namespace workbook
