// SPDX-License-Identifier: Apache-2.0

#include "04_04/s3_fifo.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>

#include "04_04/cache_shard.h"
#include "exercises/04_04/testing/shard_calls.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// With an order like that of the tests.
std::size_t BudgetOf(std::size_t entries) {
  S3FifoOrder order;
  return BudgetFor(entries, &order);
}

class Task8S3Fifo : public testing::Test {
 protected:
  Task8S3Fifo() : cache_(BudgetOf(20), 100'000, &order_) {}
  S3FifoOrder order_;
  CacheShard cache_;
};

TEST_F(Task8S3Fifo, AScanDoesNotDriveOutWhatIsUsed) {
  for (const char key : std::string("abcdefghij")) {
    Put(cache_, {&key, 1}, "v");
    EXPECT_TRUE(Has(cache_, {&key, 1}));
  }
  for (int i = 0; i < 1000; ++i) {
    const char32_t once = 0x100 + static_cast<char32_t>(i);
    Put(cache_, {reinterpret_cast<const char*>(&once), 1 + sizeof(once) / 2},
        "");
  }
  for (const char key : std::string("abcdefghij")) {
    EXPECT_TRUE(Has(cache_, {&key, 1})) << key << " is used, the scan is not";
  }
}

TEST_F(Task8S3Fifo, WhatReturnsSoonAfterItLeftGoesToTheMainQueue) {
  Put(cache_, "a", "v");
  for (const char key : std::string("0123456789ABCDEFGHIJ")) {
    Put(cache_, {&key, 1}, "v");
  }
  EXPECT_FALSE(Has(cache_, "a")) << "it was new, and not asked for";
  Put(cache_, "a", "v");
  for (int i = 0; i < 100; ++i) Put(cache_, "x" + std::to_string(i), "v");
  EXPECT_TRUE(Has(cache_, "a")) << "the ghost list knew it";
}

TEST_F(Task8S3Fifo, TheMainQueueForgetsWhatIsNoLongerUsed) {
  for (const char key : std::string("abcdefghijklmnopqrst")) {
    Put(cache_, {&key, 1}, "v");
    EXPECT_TRUE(Has(cache_, {&key, 1}));
  }
  for (int round = 0; round < 8; ++round) {
    for (const char key : std::string("ABCDEFGHIJKLMNOPQRST")) {
      Put(cache_, {&key, 1}, "v");
      Has(cache_, {&key, 1});
    }
  }
  EXPECT_FALSE(Has(cache_, "a"));
  EXPECT_TRUE(Has(cache_, "T"));
}

TEST_F(Task8S3Fifo, WhatWasErasedIsNoGhost) {
  Put(cache_, "a", "v");
  EXPECT_TRUE(cache_.Erase(Hash("a"), "a"));
  Put(cache_, "a", "v");
  for (const char key : std::string("0123456789ABCDEFGHIJ")) {
    Put(cache_, {&key, 1}, "v");
  }
  EXPECT_FALSE(Has(cache_, "a")) << "it was new again, and not asked for";
}

TEST_F(Task8S3Fifo, AGhostIsForgottenWhenMoreNamesCameThanThereAreEntries) {
  Put(cache_, "a", "v");
  for (int i = 0; i < 80; ++i) Put(cache_, "y" + std::to_string(i), "");
  EXPECT_FALSE(Has(cache_, "a"));
  Put(cache_, "a", "v");
  for (int i = 0; i < 100; ++i) Put(cache_, "x" + std::to_string(i), "");
  EXPECT_FALSE(Has(cache_, "a")) << "it left too long ago";
}

// An order of five entries in its main queue, which no cache drives.
class Task8S3FifoGhosts : public testing::Test {
 protected:
  static constexpr std::size_t kMainEntries = 5;

  Task8S3FifoGhosts() {
    order_.Start(1024, 10 * sizeof(CacheEntry));  // small is full with one
    for (std::size_t i = 0; i < kMainEntries; ++i) order_.OnInsert(New(), true);
  }
  // A new entry whose name has a slot of its own.
  CacheEntry& New() {
    const std::uint64_t number = ++entries_made_;
    return entries_.emplace_back(CacheEntry{nullptr, nullptr, nullptr,
                                            number << 32 | number, 0, 0, 0, 0});
  }
  // Puts a new entry and evicts it: one more name is remembered.
  CacheEntry& Passes() {
    CacheEntry& entry = New();
    order_.OnInsert(entry, false);
    Evict(entry);
    return entry;
  }
  void Evict(CacheEntry& expected) {
    ASSERT_EQ(&order_.Victim(), &expected) << "new and not asked for: it goes";
    order_.OnRemove(expected);
  }
  // Puts what left, as the new entry that a cache would make.
  CacheEntry& Return(const CacheEntry& left) {
    CacheEntry& entry = New();
    entry.hash = left.hash;
    order_.OnInsert(entry, false);
    return entry;
  }
  // In the small queue it would be older than a newcomer, and go first.
  bool IsInMain(const CacheEntry& entry) {
    CacheEntry& newcomer = New();
    order_.OnInsert(newcomer, false);
    const bool is_in_main = &order_.Victim() != &entry;
    order_.OnRemove(newcomer);
    return is_in_main;
  }

  S3FifoOrder order_;
  std::deque<CacheEntry> entries_;
  std::uint64_t entries_made_ = 0;
};

TEST_F(Task8S3FifoGhosts, AsManyNamesAfterItAsEntriesAreNotTooMany) {
  const CacheEntry& left = Passes();
  for (std::size_t i = 0; i < kMainEntries; ++i) Passes();
  EXPECT_TRUE(IsInMain(Return(left))) << "5 names after it, 5 other entries";
}

TEST_F(Task8S3FifoGhosts, OneNameMoreThanEntriesIsTooMany) {
  const CacheEntry& left = Passes();
  for (std::size_t i = 0; i < kMainEntries + 1; ++i) Passes();
  EXPECT_FALSE(IsInMain(Return(left)))
      << "6 names after it, 5 other entries: it does not count itself";
}

TEST_F(Task8S3FifoGhosts, ANameServesOnce) {
  const CacheEntry& left = Passes();
  CacheEntry& returned = Return(left);
  EXPECT_TRUE(IsInMain(returned));
  order_.OnRemove(returned);
  EXPECT_FALSE(IsInMain(Return(left)))
      << "its name was forgotten when it returned, and it was erased since";
}

TEST_F(Task8S3FifoGhosts, ANameThatIsTooOldIsForgottenToo) {
  const CacheEntry& left = Passes();
  for (std::size_t i = 0; i < kMainEntries + 1; ++i) Passes();
  order_.OnRemove(Return(left));
  order_.OnInsert(New(), true);
  EXPECT_FALSE(IsInMain(Return(left)))
      << "6 other entries now, but its name was forgotten before";
}

TEST(Task8S3FifoCosts, TheGhostTableIsItsOnlyAllocation) {
  AllocationScope scope;
  S3FifoOrder order;
  EXPECT_EQ(scope.Counts().allocations, 0);
  order.Start(1024, 100'000);
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().live_bytes, 8 * 1024);
  EXPECT_EQ(order.TableBytes(1024), 8u * 1024);
}

// Budget, bytes and refusals, as the cache keeps them with any order.
TEST(Task8S3FifoCosts, TheCacheKeepsItsBudget) {
  AllocationScope scope;
  S3FifoOrder order;
  CacheShard cache(20'000, 128, &order);
  std::string value;
  std::string key;
  value.reserve(300);
  key.reserve(300);
  const std::int64_t other_bytes =
      scope.Counts().live_bytes - static_cast<std::int64_t>(cache.UsedBytes());
  Random random(4);
  for (int i = 0; i < 50'000; ++i) {
    key.assign(random.Between(1, 200), static_cast<char>(random.Below(100)));
    value.assign(random.Below(300), 'v');
    if (!Put(cache, key, value)) ADD_FAILURE() << "it fits";
    cache.Get(Hash(key), key);
    ASSERT_LE(cache.UsedBytes(), 20'000u) << "after put " << i;
  }
  EXPECT_EQ(scope.Counts().live_bytes,
            static_cast<std::int64_t>(cache.UsedBytes()) + other_bytes);
  EXPECT_GT(cache.Statistics().evictions, 0u);
  EXPECT_FALSE(Put(cache, "a", std::string(20'000, 'x')));
}

TEST(Task8S3FifoCosts, OfAHundredUsedEntriesAScanLeaves) {
  S3FifoOrder order;
  CacheShard cache(BudgetOf(100), 100'000, &order);
  const int left = LeftAfterScan(cache);
  RecordProperty("left_after_scan", left);
  EXPECT_GE(left, 80);
}

}  // namespace
}  // namespace workbook
