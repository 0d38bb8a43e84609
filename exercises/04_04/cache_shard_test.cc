// SPDX-License-Identifier: Apache-2.0

#include "04_04/cache_shard.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <list>
#include <new>
#include <string>
#include <unordered_map>
#include <utility>

#include "exercises/04_04/testing/shard_calls.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

std::string Get(CacheShard& cache, std::string_view key) {
  return std::string(cache.Get(Hash(key), key).value_or("(none)"));
}

TEST(Task3CacheShard, KeepsAndReplacesValues) {
  CacheShard cache(10'000);
  EXPECT_EQ(Get(cache, "a"), "(none)");
  EXPECT_TRUE(Put(cache, "a", "one"));
  EXPECT_TRUE(Put(cache, "b", ""));
  EXPECT_TRUE(Put(cache, "", "empty key"));
  EXPECT_EQ(Get(cache, "a"), "one");
  EXPECT_EQ(Get(cache, "b"), "");
  EXPECT_EQ(Get(cache, ""), "empty key");
  EXPECT_TRUE(Put(cache, "a", "two"));
  EXPECT_EQ(Get(cache, "a"), "two");
  EXPECT_TRUE(Put(cache, "a", "longer"));
  EXPECT_EQ(Get(cache, "a"), "longer");
  EXPECT_EQ(cache.Statistics().entries, 3u);
  EXPECT_EQ(cache.Statistics().inserts, 5u) << "replacing is storing, too";
  EXPECT_TRUE(cache.Erase(Hash("a"), "a"));
  EXPECT_FALSE(cache.Erase(Hash("a"), "a"));
  EXPECT_EQ(Get(cache, "a"), "(none)");
}

TEST(Task3CacheShard, KeysOfOneHashAreStillDifferentKeys) {
  CacheShard cache(10'000);
  cache.Put(7, "a", "one");
  cache.Put(7, "b", "two");
  EXPECT_EQ(cache.Get(7, "a"), "one");
  EXPECT_EQ(cache.Get(7, "b"), "two");
  EXPECT_TRUE(cache.Erase(7, "a"));
  EXPECT_EQ(cache.Get(7, "b"), "two");
}

TEST(Task3CacheShard, UsedBytesAreWhatTheAllocatorWasAskedFor) {
  AllocationScope scope;
  CacheShard cache(50'000);
  EXPECT_EQ(scope.Counts().live_bytes,
            static_cast<std::int64_t>(cache.FixedBytes()));
  for (int i = 0; i < 2000; ++i) {
    const std::string key = "key " + std::to_string(i % 700);
    const std::string value(static_cast<std::size_t>(i % 90), 'v');
    Put(cache, key, value);
    if (i % 5 == 0) cache.Erase(Hash("key 3"), "key 3");
  }
  EXPECT_GT(cache.Statistics().evictions, 0u);
  EXPECT_EQ(scope.Counts().live_bytes,
            static_cast<std::int64_t>(cache.UsedBytes()));
  EXPECT_LE(scope.Counts().peak_live_bytes, 50'000 + 200)
      << "evict first, then allocate (200 bytes for the test's strings)";
}

TEST(Task3CacheShard, NeverExceedsItsBudget) {
  Random random(4);
  CacheShard cache(20'000);
  std::string value;
  for (int i = 0; i < 100'000; ++i) {
    const std::string key(random.Between(1, 200), 'k');
    value.assign(random.Below(300), 'v');
    Put(cache, key + std::to_string(random.Below(300)), value);
    ASSERT_LE(cache.UsedBytes(), 20'000u) << "after put " << i;
  }
}

TEST(Task3CacheShard, LruDropsWhatWasUsedLongestAgo) {
  CacheShard cache(BudgetFor(3), 100'000);
  for (const char* key : {"a", "b", "c"}) Put(cache, key, "v");
  EXPECT_TRUE(Has(cache, "a"));
  Put(cache, "d", "v");
  EXPECT_FALSE(Has(cache, "b")) << "a was used after it";
  EXPECT_TRUE(Has(cache, "c"));
  EXPECT_TRUE(Has(cache, "a"));
  Put(cache, "e", "v");
  EXPECT_FALSE(Has(cache, "d"));
  EXPECT_EQ(cache.Statistics().evictions, 2u);
  EXPECT_EQ(cache.Statistics().entries, 3u);
}

TEST(Task3CacheShard, AValueOfTheSameLengthMakesItsEntryTheNewest) {
  CacheShard cache(BudgetFor(3), 100'000);
  for (const char* key : {"a", "b", "c"}) Put(cache, key, "v");
  Put(cache, "a", "w");
  Put(cache, "d", "v");
  EXPECT_TRUE(Has(cache, "a")) << "its value was put after those of b and c";
  EXPECT_FALSE(Has(cache, "b")) << "of the four, it was put longest ago";
  EXPECT_EQ(cache.Statistics().evictions, 1u);
}

// Writes down what the order is told.
class ToldOrder : public LruOrder {
 public:
  void OnInsert(CacheEntry& entry, bool was_known) override {
    told += was_known ? "insert known, " : "insert, ";
    LruOrder::OnInsert(entry, was_known);
  }
  void OnHit(CacheEntry& entry) override {
    told += "hit, ";
    LruOrder::OnHit(entry);
  }
  void OnRemove(CacheEntry& entry) override {
    told += "remove, ";
    LruOrder::OnRemove(entry);
  }
  std::string told;
};

TEST(Task3CacheShard, TellsTheOrderOfEachPut) {
  ToldOrder order;
  CacheShard cache(10'000, 128, &order);
  Put(cache, "a", "one");
  EXPECT_EQ(order.told, "insert, ");
  order.told.clear();
  Put(cache, "a", "two");
  EXPECT_EQ(order.told, "hit, ") << "the same length: its entry stays";
  EXPECT_EQ(cache.Statistics().hits, 0u) << "a put is no request";
  order.told.clear();
  Put(cache, "a", "longer");
  EXPECT_EQ(order.told, "remove, insert known, ") << "it is another block";
}

TEST(Task3CacheShard, ALargeEntryDropsManySmallOnes) {
  CacheShard cache(BudgetFor(10), 100'000);
  for (int i = 0; i < 10; ++i) Put(cache, std::to_string(i), "v");
  EXPECT_EQ(cache.Statistics().evictions, 0u);
  EXPECT_TRUE(Put(cache, "x", std::string(200, 'x')));
  EXPECT_TRUE(Has(cache, "9"));
  EXPECT_FALSE(Has(cache, "0"));
}

TEST(Task3CacheShard, RefusesWhatItCanNeverHold) {
  CacheShard cache(10'000);
  Put(cache, "a", "old");
  Put(cache, "b", "stays");
  EXPECT_FALSE(Put(cache, "a", std::string(10'001, 'x')));
  EXPECT_EQ(Get(cache, "a"), "(none)") << "an old value would be wrong";
  EXPECT_EQ(Get(cache, "b"), "stays") << "no room is made for it";
  EXPECT_EQ(cache.Statistics().refused, 1u);
  EXPECT_EQ(cache.Statistics().evictions, 0u);
  const std::string key(10'001, 'k');
  EXPECT_FALSE(Put(cache, key, "v")) << "keys count too";
  EXPECT_THROW(CacheShard(100), std::invalid_argument);
}

TEST(Task3CacheShard, TakesWhatJustFits) {
  CacheShard cache(10'000);
  const std::size_t room = 10'000 - cache.FixedBytes();
  const std::size_t value_bytes = room - CacheShard::EntryBytes("a", "");
  EXPECT_TRUE(Put(cache, "a", std::string(value_bytes, 'x')));
  EXPECT_EQ(cache.UsedBytes(), 10'000u) << "to the last byte";
  EXPECT_FALSE(Put(cache, "a", std::string(value_bytes + 1, 'x')));
  EXPECT_EQ(cache.Statistics().refused, 1u);
  EXPECT_EQ(cache.UsedBytes(), cache.FixedBytes()) << "the old value is gone";
}

// In a child that may not have more addresses than now.
TEST(Task3CacheShard, WithoutMemoryTheKeyHasNoValueAndTheCacheWorksOn) {
  if (WORKBOOK_SANITIZER_MALLOC) GTEST_SKIP() << "its malloc never fails";
  constexpr std::size_t kHuge = 256 << 20;
  CacheShard cache(1 << 30, 1 << 30);
  Put(cache, "a", "old");
  Put(cache, "b", "stays");
  const auto without_memory = [&cache] {
    void* const pages =
        mmap(nullptr, kHuge, PROT_READ,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_AS, &none);
    try {
      Put(cache, "a", {static_cast<const char*>(pages), kHuge});
    } catch (const std::bad_alloc&) {
      const std::size_t left = CacheShard::EntryBytes("b", "stays");
      _exit(!Has(cache, "a") && Has(cache, "b") &&
                    cache.UsedBytes() == cache.FixedBytes() + left
                ? 0
                : 2);
    }
    _exit(1);
  };
  EXPECT_EXIT(without_memory(), testing::ExitedWithCode(0), "");
}

TEST(Task3CacheShard, AllocatesOnceAnEntryAndNeverForAGet) {
  CacheShard cache(10'000);
  AllocationScope scope;
  Put(cache, "a", "one");
  EXPECT_EQ(scope.Counts().allocations, 1);
  Put(cache, "a", "two");
  EXPECT_EQ(scope.Counts().allocations, 1) << "the same length fits";
  for (int i = 0; i < 100; ++i) {
    cache.Get(Hash("a"), "a");
    cache.Get(Hash("b"), "b");
  }
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(cache.Statistics().hits, 100u);
  EXPECT_EQ(cache.Statistics().misses, 100u);
  EXPECT_EQ(cache.Statistics().HitRatio(), 0.5);
}

// [region naive]
// The cache that comes to mind first: a list in the order of use, and where
// each key stands in it.
struct ListCache {
  using Entries = std::list<std::pair<std::string, std::string>>;
  void Put(const std::string& key, const std::string& value) {
    entries.emplace_front(key, value);
    places[key] = entries.begin();
  }
  Entries entries;
  std::unordered_map<std::string, Entries::iterator> places;
};
// [end]

TEST(Task3CacheCosts, OneBlockAnEntry) {
  const std::string key(20, 'k');
  const std::string value(100, 'v');
  ListCache naive;
  naive.places.reserve(100);
  AllocationScope before;
  naive.Put(key, value);
  const AllocationCounts of_naive = before.Counts();
  CacheShard cache(100'000);
  AllocationScope after;
  EXPECT_TRUE(Put(cache, key, value));
  EXPECT_EQ(after.Counts().allocations, 1);
  EXPECT_EQ(after.Counts().live_bytes, 48 + 20 + 100);
  RecordProperty("naive_allocations", static_cast<int>(of_naive.allocations));
  RecordProperty("naive_bytes", static_cast<int>(of_naive.live_bytes));
}

// A scan of as many new keys as the cache holds, and what is left of the old.
TEST(Task3CacheCosts, AScanPassesThrough) {
  CacheShard cache(BudgetFor(100), 100'000);
  const int left = LeftAfterScan(cache);
  RecordProperty("left_after_scan", left);
  EXPECT_EQ(left, 0);
}

}  // namespace
}  // namespace workbook
