// SPDX-License-Identifier: Apache-2.0

#include "02_01/snippet_costs.h"

#include <gtest/gtest.h>

#include <string>
#include <unordered_map>
#include <vector>

#include "tools/bench/keep.h"
#include "tools/exercise/testing/called_from.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::vector<char>& Kept() {
  static std::vector<char> kept;
  return kept;
}

// Three snippets whose costs are plain.
void NothingAtAll() {}

void TwoBlocks() {
  std::vector<char> first(100);
  std::vector<char> second(28);
  Keep(first);
  Keep(second);
}

// The first run makes what is static, the others find it.
void StaticText() {
  static const std::string text(1000, 'x');
  Keep(text);
}

// Leaves 64 bytes behind, in the place of the 64 that the run before left.
void LeavesABlock() {
  Kept().clear();
  Kept().shrink_to_fit();
  Kept().resize(64);
}

SnippetCost CostByName(std::string_view name) {
  for (const Snippet& snippet : Snippets()) {
    if (snippet.name == name) return CostOf(snippet);
  }
  ADD_FAILURE() << "no snippet is called " << name;
  return {};
}

// Records the allocations of one of the page's snippets for `predict`.
void ExpectAllocations(const char* name, std::int64_t expected, const char* why,
                       const char* file = __builtin_FILE(),
                       int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "CostOf");
  const SnippetCost cost = CostByName(name);
  testing::Test::RecordProperty(name, std::to_string(cost.allocations));
  EXPECT_EQ(cost.allocations, expected) << name << ": " << why;
  EXPECT_EQ(cost.left_bytes, 0) << name << " frees what it allocates";
}

TEST(Task1CostOf, CountsTheBlocksOfTheSnippet) {
  const SnippetCost cost = CostOf({"two_blocks", TwoBlocks});
  EXPECT_EQ(cost.name, "two_blocks");
  EXPECT_EQ(cost.allocations, 2) << "the snippet makes two vectors";
  EXPECT_EQ(cost.bytes, 128) << "100 and 28 bytes";
  EXPECT_EQ(cost.left_bytes, 0) << "both vectors died within the snippet";
}

TEST(Task1CostOf, NothingCostsNothing) {
  const SnippetCost cost = CostOf({"nothing_at_all", NothingAtAll});
  EXPECT_EQ(cost.allocations, 0)
      << "an empty function allocates nothing, so the measurement itself does";
  EXPECT_EQ(cost.bytes, 0);
}

TEST(Task1CostOf, LeavesOutWhatIsMadeOnce) {
  EXPECT_EQ(CostOf({"static_text", StaticText}).allocations, 0)
      << "the text is made in the first run only. Fix: run the snippet once "
         "before you count";
}

TEST(Task1CostOf, SaysWhatIsLeft) {
  const SnippetCost cost = CostOf({"leaves_a_block", LeavesABlock});
  EXPECT_EQ(cost.allocations, 1);
  EXPECT_EQ(cost.left_bytes, 64)
      << "the second run freed a block that is older than your scope: that "
         "counts as 0 bytes, and 64 new bytes are left";
  Kept() = {};
}

TEST(Task1CostsOf, KeepsTheOrder) {
  const std::vector<Snippet> snippets = {{"two_blocks", TwoBlocks},
                                         {"nothing_at_all", NothingAtAll}};
  const std::vector<SnippetCost> costs = CostsOf(snippets);
  ASSERT_EQ(costs.size(), 2u);
  EXPECT_EQ(costs[0].name, "two_blocks");
  EXPECT_EQ(costs[0].allocations, 2);
  EXPECT_EQ(costs[1].name, "nothing_at_all");
  EXPECT_EQ(costs[1].allocations, 0);
}

TEST(Task1CostsOf, TheTableItselfIsOneAllocation) {
  const std::vector<Snippet> snippets(40, {"nothing_at_all", NothingAtAll});
  const AllocationScope scope;
  const std::vector<SnippetCost> costs = CostsOf(snippets);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "the number of snippets is known before the first one. Fix: reserve";
  ASSERT_EQ(costs.size(), 40u);
  for (const SnippetCost& cost : costs) EXPECT_EQ(cost.allocations, 0);
}

// What no compiler may elide, and the library decides.
TEST(Task1Snippets, CostWhatTheLibraryDecides) {
  ExpectAllocations("return_by_value", 1,
                    "the vector is built where the caller wants it");
  ExpectAllocations("capture", 1, "a captured vector is a copy of it");
  ExpectAllocations("shared_pointers", 3,
                    "two for shared_ptr(new int), one for make_shared");
  ExpectAllocations("function_limit", 1,
                    "libstdc++'s std::function holds two pointers, not three");
  ExpectAllocations("short_and_long_text", 1,
                    "libstdc++'s std::string holds 15 letters, not 16");
  ExpectAllocations("initializer_list", 7,
                    "three temporaries, one array, three copies");
  ExpectAllocations("range_for", 3, "auto copies each name");
}

// Newer libraries look first where the key needs no conversion.
bool EmplaceLooksFirst() {
  std::unordered_map<int, int> map = {{1, 1}};
  const AllocationScope scope;
  map.emplace(1, 2);
  return scope.Counts().allocations == 0;
}

TEST(Task1Snippets, CostWhatContainersAndTypesDecide) {
  const SnippetCost concatenation = CostByName("concatenation");
  RecordProperty("concatenation", std::to_string(concatenation.allocations));
  EXPECT_GE(concatenation.allocations, 2)
      << "temporaries grow while the text is put together";
  ExpectAllocations("map_look_up", 1, "operator[] takes a std::string");
  ExpectAllocations("emplace", EmplaceLooksFirst() ? 0 : 1,
                    "the node is made before it is looked up");
  ExpectAllocations("any", 1, "std::any of libstdc++ holds one pointer");
  ExpectAllocations("vector_of_bool", 1, "one block of bits");
  ExpectAllocations("aligned_new", 1, "one block of 64 bytes");
  ExpectAllocations("exception", 2, "the error, and its text");
  ExpectAllocations("optional", 0, "the value lies within the optional");
  EXPECT_LE(CostByName("vector_of_bool").bytes, 136)
      << "1,000 bits are 125 bytes, in whole words";
}

// Both compilers remove the first when they optimise, and clang the second: no
// test may ask for either.
TEST(Task1Snippets, WhatACompilerMayElideIsOneAllocationOrNone) {
  for (const char* name : {"new_and_delete", "array_and_vector"}) {
    const std::int64_t allocations = CostByName(name).allocations;
    RecordProperty(name, std::to_string(allocations));
    EXPECT_LE(allocations, 1) << name;
  }
}

}  // namespace
}  // namespace workbook
