// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/advice.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

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
    "  void* Allocate();\n"
    "  int Undocumented();\n"
    "};\n";

TEST(FindContract, TakesTheSentenceAboveTheFunctionThatFailed) {
  const auto contract =

      FindContract(kHeader, "expected pool.Allocate() != nullptr, but ...", "");
  ASSERT_TRUE(contract);
  EXPECT_EQ(contract->function, "Allocate");
  EXPECT_EQ(contract->line, 10);
  EXPECT_EQ(contract->text, "Returns a block of at least size bytes.");
}

TEST(FindContract, KnowsAFunctionFromItsClass) {
  EXPECT_EQ(
      FindContract(kHeader, "FixedSizePool::Allocate is yours to write", "")
          .value()
          .function,
      "Allocate");
  EXPECT_EQ(FindContract(kHeader,
                         "FixedSizePool::FixedSizePool is yours to write", "")
                .value()
                .text,
            "Makes an empty pool.");
}

TEST(FindContract, InventsNothing) {
  EXPECT_FALSE(FindContract(kHeader, "expected 8, but it is 9", ""));
  EXPECT_FALSE(FindContract(kHeader, "expected Unknown() of 3", ""));
  EXPECT_FALSE(FindContract("", "Allocate()", ""));
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
  const std::string sentence =
      "Policy::Next(capacity) should equal 7; yours is 1, expected 7";
  const auto of = [&](std::string_view subject) {
    const auto found = FindContract(kRules, sentence, subject);
    return found ? found->text : "none";
  };
  EXPECT_EQ(of("Task2Rules.Go118HoldsForEveryCapacity"), "Follows Go.");
  EXPECT_EQ(of("Task2Rules.HalfOfOddNumbersIsRoundedDown"), "Adds a half.");
  EXPECT_EQ(of("Task2Rules.HoldsForAll while: ExpectAll<Go118>(256);"),
            "Follows Go.");
  EXPECT_EQ(of("Task2Rules.HoldsForAll"), "none") << "either may be meant";
  EXPECT_EQ(FindContract(kRules, "expected 3, but Go118::Next(2) is 4",
                         "Task2Rules.HoldsForAll")
                .value()
                .text,
            "Follows Go.");
  EXPECT_EQ(
      FindContract(kRules, "expected 8, but Block(7) is 7", "").value().text,
      "Rounds up.");
}

TEST(FindContract, TakesTheOnlyFunctionOfTheClassThatTheTestNames) {
  const std::string sentence = "of CapacitiesUpTo(3) yours is 1, expected 2";
  EXPECT_EQ(FindContract(kRules, sentence, "Task2Rules.Go118GrowsAsPublished")
                .value()
                .text,
            "Follows Go.");
  EXPECT_FALSE(FindContract(kRules, sentence, "Task2Rules.GrowsAsPublished"));
  EXPECT_FALSE(FindContract(kHeader, sentence, "Task1FixedSizePool.Grows"))
      << "the class has two functions with a contract";
}

TEST(FindPageSection, FindsTheTasksHeading) {
  EXPECT_EQ(FindPageSection("# Pools\n\n## 1. One\n\n## 10. Ten\n", 1), 3);
  EXPECT_EQ(FindPageSection("# Pools\n\n## 1. One\n\n## 10. Ten\n", 10), 5);
  EXPECT_EQ(FindPageSection("# Pools\n", 1), 0);
}

}  // namespace
}  // namespace workbook::cli
