// SPDX-License-Identifier: Apache-2.0

#include "03_02/missing_keys.h"

#include <gtest/gtest.h>

#include <memory>
#include <new>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

void AddVisitors(std::unordered_map<int, int>& first_visits, int day) {
  for (int visitor = 0; visitor < 100; ++visitor) {
    first_visits.emplace(visitor, day);
  }
}

std::vector<std::string> Words(int count) {
  std::vector<std::string> words;
  words.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    // Longer than the 15 letters that a std::string holds without a block.
    words.push_back("a word of more than fifteen letters, number " +
                    std::to_string(i));
  }
  return words;
}

// Newer libraries look first where the key needs no conversion.
bool EmplaceLooksFirst() {
  std::unordered_map<int, int> map = {{1, 1}};
  const AllocationScope scope;
  map.emplace(1, 2);
  return scope.Counts().allocations == 0;
}

TEST(Task1MissingKeys, EmplaceAllocatesForKeysThatAreThere) {
  if (EmplaceLooksFirst()) GTEST_SKIP() << "emplace looks first here";
  std::unordered_map<int, int> first_visits;
  AddVisitors(first_visits, 1);
  const AllocationScope scope;
  AddVisitors(first_visits, 2);
  EXPECT_EQ(first_visits.size(), 100u);
  EXPECT_EQ(scope.Counts().allocations, 100)
      << "emplace of libstdc++ makes the node first, and then looks for its "
         "key";
  RecordProperty("emplace", static_cast<int>(scope.Counts().allocations));
}

TEST(Task1MissingKeys, NewWordsGetTheNextNumbers) {
  WordNumbers numbers;
  const std::vector<std::string> words = {"b", "a", "b", "c", "a"};
  EXPECT_EQ(NumberNewWords(numbers, words), 3u)
      << "a word that comes twice is new once";
  EXPECT_EQ(numbers, (WordNumbers{{"b", 0}, {"a", 1}, {"c", 2}}));
  const std::vector<std::string> more = {"c", "d"};
  EXPECT_EQ(NumberNewWords(numbers, more), 1u);
  EXPECT_EQ(numbers, (WordNumbers{{"b", 0}, {"a", 1}, {"c", 2}, {"d", 3}}));
}

TEST(Task1MissingKeys, WordsThatAreThereCostNoAllocation) {
  const std::vector<std::string> words = Words(100);
  WordNumbers numbers;
  NumberNewWords(numbers, words);
  WordNumbers emplaced = numbers;
  const AllocationScope emplace_scope;
  for (const std::string& word : words) emplaced.emplace(word, 0);
  const auto before = emplace_scope.Counts().allocations;
  const AllocationScope scope;
  EXPECT_EQ(NumberNewWords(numbers, words), 0u);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "for 100 words that are there; emplace takes " << before
      << ", a node and a text each";
  RecordGain("allocations", before, scope.Counts().allocations);
  RecordProperty("emplaced_words", static_cast<int>(before));
}

TEST(Task1MissingKeys, ANewWordCostsANodeAndItsText) {
  const std::vector<std::string> words = Words(100);
  WordNumbers numbers;
  numbers.reserve(100);
  const AllocationScope scope;
  EXPECT_EQ(NumberNewWords(numbers, words), 100u);
  EXPECT_EQ(scope.Counts().allocations, 200)
      << "a node and a text for each of 100 new words, and nothing else";
}

TEST(Task1MissingKeys, ASessionGoesToItsId) {
  Sessions sessions;
  auto session = std::make_unique<Session>(Session{"ada"});
  EXPECT_TRUE(AddSession(sessions, 7, std::move(session)));
  ASSERT_TRUE(sessions.contains(7));
  ASSERT_NE(sessions.at(7), nullptr);
  EXPECT_EQ(sessions.at(7)->user, "ada");
}

TEST(Task1MissingKeys, ASessionThatIsNotAddedStaysWithTheCaller) {
  Sessions sessions;
  ASSERT_TRUE(AddSession(sessions, 7, std::make_unique<Session>()));
  auto second = std::make_unique<Session>(Session{"grace"});
  const auto& kept = second;
  const AllocationScope scope;
  EXPECT_FALSE(AddSession(sessions, 7, std::move(second)));
  EXPECT_EQ(scope.Counts().allocations, 0) << "for an id that is there";
  ASSERT_NE(kept, nullptr)
      << "the session was moved into a node, and destroyed with it";
  EXPECT_EQ(kept->user, "grace");
}

TEST(Task1MissingKeys, ASessionStaysWithTheCallerWhenMemoryRunsOut) {
  Sessions sessions;
  // The first entry now needs more buckets than any heap has room for. The map
  // asks for them when the entry's node exists already.
  sessions.max_load_factor(4e-18f);
  auto session = std::make_unique<Session>(Session{"ada"});
  auto& kept = session;
  EXPECT_THROW(AddSession(sessions, 7, std::move(session)), std::bad_alloc);
  EXPECT_FALSE(sessions.contains(7));
  ASSERT_NE(kept, nullptr)
      << "the session was moved into a node, and destroyed with it when the "
         "buckets could not be allocated";
  EXPECT_EQ(kept->user, "ada");
  sessions.max_load_factor(1);
  EXPECT_TRUE(AddSession(sessions, 7, std::move(kept))) << "with memory";
  EXPECT_EQ(sessions.at(7)->user, "ada");
}

TEST(Task1MissingKeys, ASumLeavesTheMapAsItIs) {
  const std::vector<std::string> known = Words(10);
  WordNumbers numbers;
  NumberNewWords(numbers, known);
  const std::vector<std::string> words = Words(20);
  const AllocationScope scope;
  EXPECT_EQ(SumOfNumbers(numbers, words), 45u) << "0 + 1 + ... + 9";
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "ten words are missing, and an exception for each allocates, too";
  EXPECT_EQ(numbers.size(), 10u);
}

}  // namespace
}  // namespace workbook
