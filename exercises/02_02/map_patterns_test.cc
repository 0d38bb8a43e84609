// SPDX-License-Identifier: Apache-2.0

#include "02_02/map_patterns.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Too long for a std::string's inline buffer, so a hidden copy is seen.
std::string LongWord(int number) {
  return "a word of more than fifteen characters, number " +
         std::to_string(number);
}

std::vector<int> DistinctKeys(int count) {
  std::vector<int> keys;
  keys.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) keys.push_back(i * 7919 - 1000);
  std::shuffle(keys.begin(), keys.end(), std::mt19937(11));
  return keys;
}

TEST(Task2MapPatterns, FirstPositionsAreTheFirstOnes) {
  const std::vector<int> keys = {7, -3, 7, 0, -3};
  const auto positions = FirstPositions(keys, 1.0f);
  EXPECT_EQ(positions.size(), 3u);
  EXPECT_EQ(positions.at(7), 0u);
  EXPECT_EQ(positions.at(-3), 1u);
  EXPECT_EQ(positions.at(0), 3u);
  EXPECT_TRUE(FirstPositions({}, 1.0f).empty());
}

TEST(Task2MapPatterns, TheLoadFactorIsKept) {
  const std::vector<int> keys = DistinctKeys(3000);
  for (const float limit : {0.25f, 0.5f, 1.0f, 4.0f}) {
    const auto positions = FirstPositions(keys, limit);
    EXPECT_LE(positions.load_factor(), limit);
    EXPECT_EQ(positions.max_load_factor(), limit);
    EXPECT_EQ(positions.size(), 3000u);
  }
}

TEST(Task2MapPatterns, FirstPositionsAllocateNodesAndOneTable) {
  const std::vector<int> keys = DistinctKeys(3000);
  for (const float limit : {0.5f, 1.0f}) {
    const AllocationScope scope;
    const auto positions = FirstPositions(keys, limit);
    EXPECT_EQ(scope.Counts().allocations, 3000 + 1)
        << "one node a key and one bucket array; at load factor " << limit
        << " more means that the table grew, or was laid out twice";
    EXPECT_EQ(positions.size(), 3000u);
  }
}

TEST(Task2MapPatterns, RepeatedKeysAllocateNothing) {
  std::vector<int> keys = DistinctKeys(100);
  keys.insert(keys.end(), keys.begin(), keys.end());
  const AllocationScope scope;
  const auto positions = FirstPositions(keys, 1.0f);
  EXPECT_EQ(scope.Counts().allocations, 100 + 1)
      << "a key that is there already must not make a node first";
  EXPECT_EQ(positions.size(), 100u);
  auto again = positions;
  const AllocationScope emplacing;
  for (const int key : keys) again.emplace(key, 0u);
  RecordProperty("allocations_by_emplace",
                 static_cast<int>(emplacing.Counts().allocations));
}

TEST(Task2MapPatterns, WordsAreCounted) {
  WordIndex index(10);
  EXPECT_EQ(index.Count("tree"), 0);
  for (const char* word : {"tree", "house", "tree", "", "Tree"}) {
    index.Add(word);
  }
  EXPECT_EQ(index.Count("tree"), 2);
  EXPECT_EQ(index.Count("house"), 1);
  EXPECT_EQ(index.Count("Tree"), 1);
  EXPECT_EQ(index.Count(""), 1);
  EXPECT_EQ(index.Count("tre"), 0) << "a prefix is another word";
  EXPECT_EQ(index.Size(), 4u);
}

TEST(Task2MapPatterns, WordsOutliveTheTextTheyCameFrom) {
  WordIndex index(4);
  std::string text = LongWord(1);
  index.Add(text);
  const std::string expected = text;
  text.assign(text.size(), 'x');
  EXPECT_EQ(index.Count(expected), 1) << "the index must own its words";
  EXPECT_EQ(index.Count(text), 0);
}

TEST(Task2MapPatterns, ALookCostsNoAllocation) {
  WordIndex index(16);
  const std::string known = LongWord(1);
  const std::string unknown = LongWord(2);
  index.Add(known);
  const AllocationScope scope;
  int found = 0;
  for (int i = 0; i < 100; ++i) found += index.Count(known);
  for (int i = 0; i < 100; ++i) found += index.Count(unknown);
  EXPECT_EQ(found, 100);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a std::string was made to look for a std::string_view";
}

TEST(Task2MapPatterns, AKnownWordCostsNoAllocation) {
  WordIndex index(16);
  const std::string word = LongWord(1);
  index.Add(word);
  const AllocationScope scope;
  for (int i = 0; i < 100; ++i) index.Add(word);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(index.Count(word), 101);
}

TEST(Task2MapPatterns, NewWordsCostTheirNodesAndTheTableIsThereBefore) {
  WordIndex index(1000);
  std::vector<std::string> words;
  words.reserve(1000);
  for (int i = 0; i < 1000; ++i) words.push_back("word" + std::to_string(i));
  const AllocationScope scope;
  for (const std::string& word : words) index.Add(word);
  EXPECT_EQ(scope.Counts().allocations, 1000)
      << "short words: one node each, and no growing of the table";
  EXPECT_EQ(index.Size(), 1000u);
}

TEST(Task2MapPatterns, ASmallIndexHasItsTableBeforeTheFirstWord) {
  for (const std::size_t expected : {1u, 2u, 3u}) {
    const AllocationScope making;
    WordIndex index(expected);
    EXPECT_LE(making.Counts().allocations, 1);
    for (std::size_t i = 0; i < expected; ++i) {
      const std::string word(i + 1, 'w');
      const AllocationScope adding;
      index.Add(word);
      EXPECT_EQ(adding.Counts().allocations, 1)
          << "word " << i + 1 << " of " << expected << " that were expected";
    }
  }
}

TEST(Task2MapPatterns, ALongNewWordCostsItsNodeAndItsText) {
  WordIndex index(4);
  const std::string fifteen(15, 'f');
  const std::string sixteen(16, 's');
  const AllocationScope scope;
  index.Add(fifteen);
  EXPECT_EQ(scope.Counts().allocations, 1) << "15 characters lie in the node";
  index.Add(sixteen);
  EXPECT_EQ(scope.Counts().allocations, 3) << "16 take a block of their own";
}

TEST(Task2MapPatterns, RoutesOutliveTheTextTheyCameFrom) {
  RouteTable routes;
  std::string path = "/customers/4711/orders/latest";
  routes.Add(Method::kGet, path, 7);
  const std::string expected = path;
  path.assign(path.size(), 'x');
  EXPECT_EQ(routes.Find(Method::kGet, expected), 7);
  EXPECT_EQ(routes.Find(Method::kGet, path), std::nullopt);
}

TEST(Task2MapPatterns, RoutesAreFoundByBothParts) {
  RouteTable routes;
  routes.Add(Method::kGet, "/items", 1);
  routes.Add(Method::kPost, "/items", 2);
  routes.Add(Method::kGet, "/items/", 3);
  routes.Add(Method::kGet, "/items", 4);
  EXPECT_EQ(routes.Find(Method::kGet, "/items"), 1) << "the first one stays";
  EXPECT_EQ(routes.Find(Method::kPost, "/items"), 2);
  EXPECT_EQ(routes.Find(Method::kGet, "/items/"), 3);
  EXPECT_EQ(routes.Find(Method::kDelete, "/items"), std::nullopt);
  EXPECT_EQ(routes.Find(Method::kGet, "/item"), std::nullopt);
  EXPECT_EQ(routes.Find(Method::kGet, ""), std::nullopt);
}

TEST(Task2MapPatterns, FindingARouteCostsNoAllocation) {
  RouteTable routes;
  const std::string path = "/customers/4711/orders/latest";
  routes.Add(Method::kPut, path, 7);
  const AllocationScope scope;
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(routes.Find(Method::kPut, path), 7);
    ASSERT_EQ(routes.Find(Method::kGet, path), std::nullopt);
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "no key is built for a look: compare the parts";
}

TEST(Task2MapPatterns, IdsAreFoundAndTheSmallestValueCounts) {
  const IdTable table({{5, 50}, {-1, 9}, {5, 40}, {2, 20}, {5, 60}});
  EXPECT_EQ(table.Size(), 3u);
  EXPECT_EQ(table.Find(5), 40);
  EXPECT_EQ(table.Find(-1), 9);
  EXPECT_EQ(table.Find(2), 20);
  EXPECT_EQ(table.Find(3), std::nullopt);
  EXPECT_EQ(table.Find(-2), std::nullopt) << "below the smallest id";
  EXPECT_EQ(table.Find(6), std::nullopt) << "above the largest id";
  EXPECT_EQ(IdTable({}).Find(0), std::nullopt);
}

TEST(Task2MapPatterns, IdTableTakesItsEntriesOver) {
  std::vector<IdTable::Entry> entries;
  entries.reserve(2000);
  for (const int key : DistinctKeys(2000)) entries.emplace_back(key, key / 2);
  const AllocationScope scope;
  const IdTable table(std::move(entries));
  int found = 0;
  for (int i = 0; i < 2000; ++i) {
    found += table.Find(i * 7919 - 1000).has_value() ? 1 : 0;
  }
  EXPECT_EQ(found, 2000);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the vector that came in is sorted and kept: no node for each entry";
}

TEST(Task2MapPatterns, ANodeOfAMapCostsSeveralTimesItsEntry) {
  const AllocationScope scope;
  std::map<int, int> nodes;
  for (int i = 0; i < 1000; ++i) nodes.emplace(i, i);
  RecordProperty("map_bytes_an_entry",
                 static_cast<int>(scope.Counts().live_bytes / 1000));
  EXPECT_GE(scope.Counts().live_bytes, 4 * 1000 * 8) << "8 bytes each are data";
}

}  // namespace
}  // namespace workbook
