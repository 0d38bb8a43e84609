// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_cache.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task9MemoryCache : public BoundedTest {
 protected:
  static constexpr std::size_t kBudget = std::size_t{256} << 10;
  static MemoryCacheOptions Options(std::size_t shards = 8) {
    MemoryCacheOptions options;
    options.budget_bytes = kBudget;
    options.shard_count = shards;
    return options;
  }

  // What is not written yet throws here and not on a thread without a handler.
  static void CallOnce(MemoryCache& cache) {
    std::string value;
    cache.Get("", value);
    cache.Put("", "");
    cache.Erase("");
    cache.Statistics();
  }

  // Runs `work(thread number)` on `count` threads.
  static void OnThreads(int count, const auto& work) {
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) threads.emplace_back(work, i);
    for (std::thread& thread : threads) thread.join();
  }
};

TEST_F(Task9MemoryCache, KeepsReplacesAndErases) {
  MemoryCache cache(Options());
  std::string value = "untouched";
  EXPECT_FALSE(cache.Get("a", value));
  EXPECT_EQ(value, "untouched");
  EXPECT_TRUE(cache.Put("a", "one"));
  EXPECT_TRUE(cache.Put("b", "two"));
  EXPECT_TRUE(cache.Get("a", value));
  EXPECT_EQ(value, "one");
  EXPECT_TRUE(cache.Erase("a"));
  EXPECT_FALSE(cache.Erase("a"));
  EXPECT_FALSE(cache.Get("a", value));
  EXPECT_TRUE(cache.Get("b", value));
  const CacheStatistics statistics = cache.Statistics();
  EXPECT_EQ(statistics.hits, 2u);
  EXPECT_EQ(statistics.misses, 2u);
  EXPECT_EQ(statistics.inserts, 2u);
  EXPECT_EQ(statistics.entries, 1u);
  EXPECT_EQ(statistics.used_bytes, cache.UsedBytes());
}

// The claim of the exercise: one million operations, and the budget is looked
// at after each.
TEST_F(Task9MemoryCache, EightThreadsNeverExceedTheBudget) {
  MemoryCache cache(Options(4));
  CallOnce(cache);
  std::atomic<std::size_t> most{0};
  std::atomic<std::uint64_t> gets{0};
  std::atomic<std::uint64_t> wrong{0};
  OnThreads(8, [&](int thread) {
    Random random(static_cast<std::uint64_t>(thread));
    std::string value;
    std::string key;
    std::uint64_t my_gets = 0;
    std::size_t my_most = 0;
    for (int i = 0; i < 125'000; ++i) {
      key.assign(std::to_string(random.Below(3000)));
      if (random.Chance(40)) {
        value.assign(random.Below(200), key.back());
        cache.Put(key, value);
      } else if (random.Chance(5)) {
        cache.Erase(key);
      } else {
        ++my_gets;
        if (cache.Get(key, value) &&
            value.find_first_not_of(key.back()) != std::string::npos) {
          ++wrong;
        }
      }
      my_most = std::max(my_most, cache.UsedBytes());
    }
    gets += my_gets;
    std::size_t seen = most;
    while (seen < my_most && !most.compare_exchange_weak(seen, my_most)) {
    }
  });
  EXPECT_LE(most, kBudget);
  EXPECT_GT(most, kBudget / 2) << "and it uses what it may";
  EXPECT_EQ(wrong, 0u) << "values of other keys";
  const CacheStatistics statistics = cache.Statistics();
  EXPECT_EQ(statistics.hits + statistics.misses, gets + 1)
      << "every Get is counted once, CallOnce's too";
  EXPECT_GT(statistics.evictions, 0u);
}

TEST_F(Task9MemoryCache, TheWholeProcessStaysWithinTheBudget) {
  const std::string value(100, 'v');
  AllocationScope scope(ProbeExtent::kProcess);
  MemoryCache cache(Options());
  for (int i = 0; i < 20'000; ++i) cache.Put(std::to_string(i), value);
  // Locks and lists of the shards themselves are not entries.
  EXPECT_LE(scope.Counts().peak_live_bytes,
            static_cast<std::int64_t>(kBudget) + 4096);
  EXPECT_GE(scope.Counts().live_bytes,
            static_cast<std::int64_t>(cache.UsedBytes()));
}

TEST_F(Task9MemoryCache, SpreadsKeysOverItsShards) {
  MemoryCache cache(Options(8));
  const std::string value(100, 'v');
  for (int i = 0; i < 10'000; ++i) cache.Put(std::to_string(i), value);
  EXPECT_GT(cache.UsedBytes(), kBudget / 10 * 9)
      << "each shard has an eighth: all must be in use";
}

TEST_F(Task9MemoryCache, AGetAllocatesNothingOnceTheTextIsLargeEnough) {
  MemoryCache cache(Options());
  cache.Put("a", std::string(100, 'v'));
  std::string value;
  cache.Get("a", value);
  AllocationScope scope;
  for (int i = 0; i < 100; ++i) cache.Get("a", value);
  cache.Put("a", std::string_view(value));
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST_F(Task9MemoryCache, StatisticsMayBeReadWhileOthersWork) {
  MemoryCache cache(Options());
  CallOnce(cache);
  const std::uint64_t misses = cache.Statistics().misses;
  std::atomic<bool> done{false};
  std::thread reader([&] {
    std::uint64_t before = 0;
    while (!done) {
      const CacheStatistics now = cache.Statistics();
      EXPECT_GE(now.hits + now.misses, before) << "counts never go back";
      before = now.hits + now.misses;
    }
  });
  OnThreads(3, [&](int) {
    std::string value;
    for (int i = 0; i < 20'000; ++i) cache.Get(std::to_string(i % 50), value);
  });
  done = true;
  reader.join();
  EXPECT_EQ(cache.Statistics().misses, misses + 60'000);
}

TEST_F(Task9MemoryCache, RefusesWhatNoShardCanHold) {
  MemoryCache cache(Options(8));
  EXPECT_TRUE(cache.Put("a", "old"));
  EXPECT_FALSE(cache.Put("a", std::string(kBudget / 8 + 1, 'x')));
  std::string value;
  EXPECT_FALSE(cache.Get("a", value)) << "an old value would be wrong";
  EXPECT_EQ(cache.Statistics().refused, 1u);
}

TEST_F(Task9MemoryCache, RefusesOptionsThatMakeNoSense) {
  EXPECT_THROW(MemoryCache(Options(0)), std::invalid_argument);
  EXPECT_THROW(MemoryCache(Options(4096)), std::invalid_argument)
      << "64 bytes a shard hold no table";
}

}  // namespace
}  // namespace workbook
