// SPDX-License-Identifier: Apache-2.0

// Items that tell what a pool does with them.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_POOLED_ITEMS_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_POOLED_ITEMS_H_

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "tools/exercise/testing/called_from.h"

namespace workbook {

// An item that survives its own destruction: its memory comes from a fixed
// array, so that a pool that hands an item out twice, or destroys it twice, is
// told in words instead of by a crash.
struct Item {
  Item() { ++alive; }
  ~Item() {
    --alive;
    if (destroyed.exchange(true)) ++destroyed_twice;
  }
  static void* operator new(std::size_t) {
    return &kMemory[static_cast<std::size_t>(used++) * sizeof(Item)];
  }
  static void operator delete(void*) {}

  // Before each test.
  static void Reset() { alive = destroyed_twice = used = 0; }

  static constexpr std::size_t kMax = 100'000;
  static std::atomic<int> alive;
  static std::atomic<int> destroyed_twice;
  static std::atomic<int> used;
  static std::byte* const kMemory;

  std::atomic<bool> destroyed{false};
  std::atomic<bool> lent{false};
};
inline std::atomic<int> Item::alive{0};
inline std::atomic<int> Item::destroyed_twice{0};
inline std::atomic<int> Item::used{0};
inline std::byte* const Item::kMemory =
    static_cast<std::byte*>(::operator new(Item::kMax * sizeof(Item)));

inline std::unique_ptr<Item> Make() { return std::make_unique<Item>(); }

inline std::vector<std::unique_ptr<Item>> MakeMany(std::size_t count) {
  std::vector<std::unique_ptr<Item>> items;
  for (std::size_t i = 0; i < count; ++i) items.push_back(Make());
  return items;
}

template <class Pool>
void PutAll(Pool& pool, std::vector<std::unique_ptr<Item>> items) {
  for (auto& item : items) pool.Put(std::move(item));
}

// Takes until the factory had to be asked; returns how many were in the pool.
// The items stay with the caller, in `taken`.
template <class Pool>
std::size_t TakeUntilMiss(Pool& pool, std::vector<std::unique_ptr<Item>>& taken,
                          const char* file = __builtin_FILE(),
                          int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "Get");
  const std::uint64_t misses = pool.Statistics().misses;
  for (std::size_t hits = 0; hits < Item::kMax; ++hits) {
    std::unique_ptr<Item> item = pool.Get();
    if (pool.Statistics().misses > misses) return hits;
    taken.push_back(std::move(item));
  }
  ADD_FAILURE() << "Get() counts neither hits nor misses, or never runs empty";
  return 0;
}

// Each test ends with every item destroyed, once.
class PooledItemsTest : public testing::Test {
 protected:
  void SetUp() override { Item::Reset(); }
  void TearDown() override {
    EXPECT_EQ(Item::alive, 0) << "items leaked: the pool lost them";
    EXPECT_EQ(Item::destroyed_twice, 0) << "an item was destroyed twice";
  }
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_POOLED_ITEMS_H_
