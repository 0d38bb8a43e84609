// SPDX-License-Identifier: Apache-2.0

#include "04_04/cache_shard.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr EvictionPolicy kPolicies[] = {EvictionPolicy::kLru,
                                        EvictionPolicy::kS3Fifo};

std::uint64_t Hash(std::string_view key) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : key) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  }
  return hash ^ hash >> 32;
}

bool Put(CacheShard& cache, std::string_view key, std::string_view value) {
  return cache.Put(Hash(key), key, value);
}
bool Has(CacheShard& cache, std::string_view key) {
  return cache.Get(Hash(key), key).has_value();
}
std::string Get(CacheShard& cache, std::string_view key) {
  return std::string(cache.Get(Hash(key), key).value_or("(none)"));
}

// A budget with room for exactly `entries` of one-letter keys and values.
std::size_t BudgetFor(std::size_t entries, EvictionPolicy policy) {
  const CacheShard probe(100'000, policy, 100'000);
  return probe.FixedBytes() + entries * CacheShard::EntryBytes("k", "v");
}

CacheShard LruOf(std::size_t entries) {
  return CacheShard(BudgetFor(entries, EvictionPolicy::kLru),
                    EvictionPolicy::kLru, 100'000);
}

TEST(Task4CacheShard, KeepsAndReplacesValues) {
  for (const EvictionPolicy policy : kPolicies) {
    CacheShard cache(10'000, policy);
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
    EXPECT_TRUE(cache.Erase(Hash("a"), "a"));
    EXPECT_FALSE(cache.Erase(Hash("a"), "a"));
    EXPECT_EQ(Get(cache, "a"), "(none)");
  }
}

TEST(Task4CacheShard, KeysOfOneHashAreStillDifferentKeys) {
  CacheShard cache(10'000, EvictionPolicy::kLru);
  cache.Put(7, "a", "one");
  cache.Put(7, "b", "two");
  EXPECT_EQ(cache.Get(7, "a"), "one");
  EXPECT_EQ(cache.Get(7, "b"), "two");
  EXPECT_TRUE(cache.Erase(7, "a"));
  EXPECT_EQ(cache.Get(7, "b"), "two");
}

TEST(Task4CacheShard, UsedBytesAreWhatTheAllocatorWasAskedFor) {
  for (const EvictionPolicy policy : kPolicies) {
    AllocationScope scope;
    CacheShard cache(50'000, policy);
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
}

TEST(Task4CacheShard, NeverExceedsItsBudget) {
  for (const EvictionPolicy policy : kPolicies) {
    Random random(4);
    CacheShard cache(20'000, policy);
    std::string value;
    for (int i = 0; i < 100'000; ++i) {
      const std::string key(random.Between(1, 200), 'k');
      value.assign(random.Below(300), 'v');
      Put(cache, key + std::to_string(random.Below(300)), value);
      ASSERT_LE(cache.UsedBytes(), 20'000u) << "after put " << i;
    }
  }
}

TEST(Task4CacheShard, LruDropsWhatWasUsedLongestAgo) {
  CacheShard cache = LruOf(3);
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

TEST(Task4CacheShard, ALargeEntryDropsManySmallOnes) {
  CacheShard cache = LruOf(10);
  for (int i = 0; i < 10; ++i) Put(cache, std::to_string(i), "v");
  EXPECT_EQ(cache.Statistics().evictions, 0u);
  EXPECT_TRUE(Put(cache, "x", std::string(200, 'x')));
  EXPECT_TRUE(Has(cache, "9"));
  EXPECT_FALSE(Has(cache, "0"));
}

TEST(Task4CacheShard, RefusesWhatItCanNeverHold) {
  for (const EvictionPolicy policy : kPolicies) {
    CacheShard cache(10'000, policy);
    Put(cache, "a", "old");
    Put(cache, "b", "stays");
    EXPECT_FALSE(Put(cache, "a", std::string(10'001, 'x')));
    EXPECT_EQ(Get(cache, "a"), "(none)") << "an old value would be wrong";
    EXPECT_EQ(Get(cache, "b"), "stays") << "nobody makes room for it";
    EXPECT_EQ(cache.Statistics().refused, 1u);
    EXPECT_EQ(cache.Statistics().evictions, 0u);
    const std::string key(10'001, 'k');
    EXPECT_FALSE(Put(cache, key, "v")) << "keys count too";
  }
  EXPECT_THROW(CacheShard(100, EvictionPolicy::kLru), std::invalid_argument);
}

TEST(Task4CacheShard, AllocatesOnceAnEntryAndNeverForAGet) {
  for (const EvictionPolicy policy : kPolicies) {
    CacheShard cache(10'000, policy);
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
}

class Task4S3Fifo : public testing::Test {
 protected:
  Task4S3Fifo()
      : cache_(BudgetFor(20, EvictionPolicy::kS3Fifo), EvictionPolicy::kS3Fifo,
               100'000) {}
  CacheShard cache_;
};

TEST_F(Task4S3Fifo, AScanDoesNotDriveOutWhatIsUsed) {
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

TEST_F(Task4S3Fifo, WhatReturnsSoonAfterItLeftGoesToTheMainQueue) {
  Put(cache_, "a", "v");
  for (const char key : std::string("0123456789ABCDEFGHIJ")) {
    Put(cache_, {&key, 1}, "v");
  }
  EXPECT_FALSE(Has(cache_, "a")) << "it was new, and not asked for";
  Put(cache_, "a", "v");
  for (int i = 0; i < 100; ++i) Put(cache_, "x" + std::to_string(i), "v");
  EXPECT_TRUE(Has(cache_, "a")) << "the ghost list knew it";
}

TEST_F(Task4S3Fifo, TheMainQueueForgetsWhatIsNoLongerUsed) {
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

}  // namespace
}  // namespace workbook
