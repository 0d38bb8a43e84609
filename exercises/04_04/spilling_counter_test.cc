// SPDX-License-Identifier: Apache-2.0

#include "04_04/spilling_counter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

class Collect : public CountSink {
 public:
  bool OnCount(std::string_view key, std::uint64_t count) override {
    counts.emplace_back(key, count);
    return --takes != 0;
  }
  Counts counts;
  int takes = -1;
};

class Task10SpillingCounter : public testing::Test {
 protected:
  Counts Finish(SpillingCounter& counter) {
    Collect collect;
    EXPECT_TRUE(counter.Finish(collect)) << counter.Status().Message();
    return collect.counts;
  }
  // Keys of `bytes` each, numbers 0 to `count` - 1.
  static void AddNumbers(SpillingCounter& counter, int count,
                         std::size_t bytes) {
    for (int i = 0; i < count; ++i) {
      std::string key = std::to_string(i);
      key.insert(0, bytes - key.size(), '0');
      ASSERT_TRUE(counter.Add(key)) << counter.Status().Message();
    }
  }
  ScratchFolder folder_;
  SpillingCounter counter_{SpillingCounter::kMinBytes, folder_.path().string()};
};

TEST_F(Task10SpillingCounter, CountsInTheOrderOfBytes) {
  for (const char* key : {"b", "a", "", "b", "\xC3\xA9", "ab", "B", "b"}) {
    EXPECT_TRUE(counter_.Add(key));
  }
  EXPECT_EQ(
      Finish(counter_),
      Counts(
          {{"", 1}, {"B", 1}, {"a", 1}, {"ab", 1}, {"b", 3}, {"\xC3\xA9", 1}}));
  EXPECT_EQ(counter_.Runs(), 0u) << "what fits stays in memory";
  EXPECT_EQ(Finish(counter_), Counts()) << "it is empty afterwards";
  counter_.Add("again");
  EXPECT_EQ(Finish(counter_), Counts({{"again", 1}}));
}

TEST_F(Task10SpillingCounter, KeepsKeysThatDifferInABinaryByte) {
  const std::string_view keys[] = {std::string_view("a\0", 2), "a",
                                   std::string_view("a\0b", 3)};
  for (const std::string_view key : keys) counter_.Add(key);
  EXPECT_EQ(Finish(counter_).size(), 3u);
}

// Every key comes in several runs, and its counts must be added up.
TEST_F(Task10SpillingCounter, AddsUpWhatWentToDisk) {
  for (int round = 0; round < 3; ++round) AddNumbers(counter_, 20'000, 40);
  EXPECT_GT(counter_.Runs(), 2u);
  const Counts counts = Finish(counter_);
  ASSERT_EQ(counts.size(), 20'000u);
  for (const auto& [key, count] : counts) EXPECT_EQ(count, 3u) << key;
  EXPECT_TRUE(std::is_sorted(counts.begin(), counts.end()));
}

TEST_F(Task10SpillingCounter, MergesMoreRunsThanItMayHaveOpen) {
  AddNumbers(counter_, 5000, 4000);
  EXPECT_GT(counter_.Runs(), 2 * SpillingCounter::kMaxRuns);
  EXPECT_EQ(Finish(counter_).size(), 5000u);
}

TEST_F(Task10SpillingCounter, AgreesWithAMapOnARandomWalk) {
  const SeedTrace trace;
  Random random(9);
  std::map<std::string, std::uint64_t> expected;
  for (int i = 0; i < 60'000; ++i) {
    const std::string key(random.Below(60), 'k');
    const std::string full = key + std::to_string(random.Below(5000));
    ++expected[full];
    ASSERT_TRUE(counter_.Add(full));
  }
  EXPECT_GT(counter_.Runs(), 0u);
  EXPECT_EQ(Finish(counter_), Counts(expected.begin(), expected.end()));
}

TEST_F(Task10SpillingCounter, TakesTheLongestKeyAndRefusesALongerOne) {
  const std::string longest(SpillingCounter::kMaxKeyBytes, 'k');
  for (int i = 0; i < 1000; ++i) {
    std::string key = longest;
    key.replace(0, 4, std::to_string(1000 + i));
    ASSERT_TRUE(counter_.Add(key));
  }
  EXPECT_THROW(counter_.Add(longest + "k"), std::length_error);
  EXPECT_EQ(Finish(counter_).size(), 1000u);
}

TEST_F(Task10SpillingCounter, HoldsItsMemoryAndNoMore) {
  std::string key(40, '0');
  const std::string folder = folder_.path().string();
  std::uint64_t keys = 0;
  AllocationScope scope;
  {
    SpillingCounter counter(SpillingCounter::kMinBytes, folder);
    for (int i = 0; i < 200'000; ++i) {
      for (std::size_t digit = 0; digit < 6; ++digit) {
        if (++key[digit] <= '9') break;
        key[digit] = '0';
      }
      counter.Add(key);
    }
    class Count : public CountSink {
     public:
      explicit Count(std::uint64_t& keys) : keys_(keys) {}
      bool OnCount(std::string_view, std::uint64_t) override {
        return ++keys_ > 0;
      }

     private:
      std::uint64_t& keys_;
    } count(keys);
    EXPECT_TRUE(counter.Finish(count));
    EXPECT_GT(counter.Runs(), SpillingCounter::kMaxRuns);
  }
  EXPECT_EQ(keys, 200'000u);
  EXPECT_LE(scope.Counts().peak_live_bytes,
            static_cast<std::int64_t>(SpillingCounter::kMinBytes) + 1024);
  EXPECT_LE(scope.Counts().allocations, 4) << "a run allocates nothing";
}

TEST_F(Task10SpillingCounter, LeavesNoFileBehind) {
  AddNumbers(counter_, 20'000, 40);
  EXPECT_GT(counter_.Runs(), 0u);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()))
      << "also while it runs: a killed process cleans nothing up";
}

TEST_F(Task10SpillingCounter, ClearForgetsRunsAndClosesTheirFiles) {
  const auto open_files = [] {
    const std::filesystem::directory_iterator files("/proc/self/fd");
    return std::distance(begin(files), end(files));
  };
  const auto before = open_files();
  {
    SpillingCounter counter(SpillingCounter::kMinBytes,
                            folder_.path().string());
    AddNumbers(counter, 20'000, 40);
    EXPECT_GT(counter.Runs(), 0u);
    EXPECT_GT(open_files(), before);
    counter.Clear();
    EXPECT_EQ(counter.Runs(), 0u);
    EXPECT_EQ(open_files(), before);
    EXPECT_EQ(Finish(counter), Counts());
    AddNumbers(counter, 20'000, 40);
  }
  EXPECT_EQ(open_files(), before) << "the destructor closes them, too";
}

TEST_F(Task10SpillingCounter, ASinkMayHaveEnough) {
  AddNumbers(counter_, 20'000, 40);
  Collect collect;
  collect.takes = 3;
  EXPECT_TRUE(counter_.Finish(collect));
  EXPECT_EQ(collect.counts.size(), 3u);
  EXPECT_EQ(Finish(counter_), Counts());
}

TEST_F(Task10SpillingCounter, ADiskThatFailsIsSaidAndCleared) {
  SpillingCounter counter(SpillingCounter::kMinBytes,
                          folder_.path().string() + "/missing");
  bool ok = true;
  for (int i = 0; i < 100'000 && ok; ++i) ok = counter.Add(std::to_string(i));
  EXPECT_FALSE(ok);
  EXPECT_EQ(counter.Status().outcome, IoOutcome::kWriteFailed);
  EXPECT_FALSE(counter.Add("more"));
  Collect collect;
  EXPECT_FALSE(counter.Finish(collect));
  EXPECT_TRUE(collect.counts.empty()) << "a wrong answer is worse than none";
  counter.Clear();
  EXPECT_TRUE(counter.Add("a"));
  EXPECT_EQ(Finish(counter), Counts({{"a", 1}}));
}

TEST_F(Task10SpillingCounter, RefusesTooLittleMemory) {
  EXPECT_THROW(SpillingCounter(SpillingCounter::kMinBytes - 1, "/tmp"),
               std::invalid_argument);
}

}  // namespace
}  // namespace workbook
