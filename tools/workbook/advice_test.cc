// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/advice.h"

#include <set>
#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

using Names = std::set<std::string>;

FailedPlace Failed(std::string sentence, std::string subject,
                   Names statement = {}, Names body = {}) {
  return {.sentence = std::move(sentence),
          .subject = std::move(subject),
          .names = {.is_found = true,
                    .statement = std::move(statement),
                    .body = std::move(body)}};
}

// What is quoted of `header`; "none" where nothing is.
std::string Quoted(std::string_view header, const FailedPlace& failed) {
  const auto contract = FindContract(header, failed);
  return contract ? contract->text : "none";
}

constexpr const char* kHeader =
    "// A pool.\n"
    "class FixedSizePool {\n"
    " public:\n"
    "  // Makes an empty pool.\n"
    "  // Cost: O(1).\n"
    "  explicit FixedSizePool(int size);\n"
    "\n"
    "  // Returns a block of at least\n"
    "  // size bytes. Never nullptr.\n"
    "  // On failure: std::bad_alloc.\n"
    "  void* Allocate();\n"
    "\n"
    "  // Returns what happened so far.\n"
    "  Statistics stats() const;\n"
    "  // Returns the blocks that are free. Given.\n"
    "  int Free() const;\n"
    "  int Undocumented();\n"
    "};\n";

TEST(FindContract, QuotesWholeSentencesUpToTheFirstLabel) {
  const auto contract = FindContract(
      kHeader, Failed("FixedSizePool::Allocate is yours to write", ""));
  ASSERT_TRUE(contract);
  EXPECT_EQ(contract->function, "Allocate");
  EXPECT_EQ(contract->line, 11);
  EXPECT_EQ(contract->text,
            "Returns a block of at least size bytes. Never nullptr.");
  EXPECT_EQ(
      Quoted(kHeader,
             Failed("FixedSizePool::FixedSizePool is yours to write", "")),
      "Makes an empty pool.");
}

TEST(FindContract, TakesTheOnlyFunctionThatTheTestCalls) {
  EXPECT_EQ(Quoted(kHeader, Failed("expected 8, but bytes is 9",
                                   "Task1Pool.WastesNoByte", {"bytes"},
                                   {"bytes", "FixedSizePool", "Allocate"})),
            "Returns a block of at least size bytes. Never nullptr.");
}

TEST(FindContract, QuotesNoNeighbour) {
  EXPECT_EQ(Quoted(kHeader, Failed("expected 2, but pool.stats().reused is 1",
                                   "Task1Pool.ReusesTheLast",
                                   {"pool", "stats", "reused"},
                                   {"pool", "stats", "Allocate"})),
            "none")
      << "the statement looks, and another function has failed";
  EXPECT_EQ(Quoted(kHeader, Failed("expected 2, but pool.stats().reused is 1",
                                   "Task1Pool.AllocateReusesTheLast",
                                   {"pool", "stats", "reused"},
                                   {"pool", "stats", "Allocate"})),
            "Returns a block of at least size bytes. Never nullptr.")
      << "the test is named after it";
  EXPECT_EQ(Quoted(kHeader, Failed("expected 0, but pool.Free() is 1",
                                   "Task1Pool.IsEmpty", {"pool", "Free"},
                                   {"pool", "Free"})),
            "none")
      << "what is given is not the learner's";
}

TEST(FindContract, AWordThatBeginsAlikeIsNotTheName) {
  EXPECT_EQ(Quoted(kHeader, Failed("it failed", "Task1Pool.AllocatesNothing",
                                   {}, {"stats", "Allocate"})),
            "none");
}

TEST(FindContract, InventsNothing) {
  EXPECT_EQ(Quoted(kHeader, Failed("expected 8, but it is 9", "")), "none");
  EXPECT_EQ(Quoted(kHeader, Failed("it failed", "Task1Pool.A", {"Undocumented"},
                                   {"Undocumented"})),
            "none");
  EXPECT_EQ(Quoted("", Failed("Allocate is yours to write", "")), "none");
}

constexpr const char* kRules =
    "struct Half {\n"
    "  // Adds a half.\n"
    "  static int Next(int capacity);\n"
    "};\n"
    "\n"
    "struct Go118 {\n"
    "  // Follows Go.\n"
    "  static int Next(int capacity);\n"
    "};\n"
    "\n"
    "// Rounds up.\n"
    "int Block(int bytes);\n";

TEST(FindContract, TakesTheClassThatTheTestNames) {
  const std::string sentence = "Next(capacity) should equal 7; yours is 1";
  const auto of = [&](std::string subject) {
    return Quoted(kRules, Failed(sentence, std::move(subject), {"Next"},
                                 {"Next", "capacity"}));
  };
  EXPECT_EQ(of("Task2Rules.Go118HoldsForEveryCapacity"), "Follows Go.");
  EXPECT_EQ(of("Task2Rules.HalfOfOddNumbersIsRoundedDown"), "Adds a half.");
  EXPECT_EQ(of("Task2Rules.HoldsForAll while: ExpectAll<Go118>(256);"),
            "Follows Go.");
  EXPECT_EQ(of("Task2Rules.HoldsForAll"), "none") << "either may be meant";
  EXPECT_EQ(Quoted(kRules, Failed("expected 3, but Go118::Next(2) is 4",
                                  "Task2Rules.HoldsForAll", {"Go118", "Next"},
                                  {"Go118", "Next"})),
            "Follows Go.");
}

TEST(FindContract, TakesTheOnlyFunctionOfTheClassThatTheTestNames) {
  const std::string sentence = "of CapacitiesUpTo(3) yours is 1, expected 2";
  EXPECT_EQ(
      Quoted(kRules, Failed(sentence, "Task2Rules.Go118GrowsAsPublished")),
      "Follows Go.");
  EXPECT_EQ(Quoted(kRules, Failed(sentence, "Task2Rules.GrowsAsPublished")),
            "none");
  EXPECT_EQ(Quoted(kHeader, Failed(sentence, "Task1FixedSizePool.Grows")),
            "none")
      << "the class has several functions with a contract";
}

TEST(FindContract, TwoContractsOfOneNameAreNotCertain) {
  EXPECT_EQ(Quoted("// Takes a copy.\nvoid Push(const T& value);\n"
                   "// Takes it over.\nvoid Push(T&& value);\n",
                   Failed("it failed", "Task1.Push", {"Push"}, {"Push"})),
            "none");
}

TEST(ContractsOf, ACommentAboveACallIsNoContract) {
  EXPECT_TRUE(ContractsOf("int F() {\n"
                          "  // The slot may be gone.\n"
                          "  const int slot = FindSlot(key);\n"
                          "  // It always ends.\n"
                          "  return Walk(slot);\n"
                          "}\n")
                  .empty());
}

TEST(FindPageSection, FindsTheTasksHeading) {
  EXPECT_EQ(FindPageSection("# Pools\n\n## 1. One\n\n## 10. Ten\n", 1), 3);
  EXPECT_EQ(FindPageSection("# Pools\n\n## 1. One\n\n## 10. Ten\n", 10), 5);
  EXPECT_EQ(FindPageSection("# Pools\n", 1), 0);
}

}  // namespace
}  // namespace workbook::cli
