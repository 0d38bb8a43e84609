// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/exact.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

constexpr const char* kDump = R"(# callgrind format
version: 1
part: 3
desc: D1 cache: 32768 B, 64 B, 8-way associative
desc: Trigger: Client Request: a/x/yours:Pool
events: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw
summary: 1000 200 100 5 7 3 1 2 1

fn=(1) f
1 2

totals: 1009 209 100 5 9 3 1 2 1
)";

CallgrindDump Dump(const std::string& name, int part, double instructions) {
  return {name, part, {instructions, instructions / 10, 0}};
}

TEST(ParseCallgrindDump, ReadsNamePartAndSummary) {
  const auto dump = ParseCallgrindDump(kDump);
  ASSERT_TRUE(dump.has_value());
  EXPECT_EQ(dump->trigger, "a/x/yours:Pool");
  EXPECT_EQ(dump->part, 3);
  EXPECT_EQ(dump->counts.instructions, 1000);
  EXPECT_EQ(dump->counts.first_level_misses, 10);
  EXPECT_EQ(dump->counts.last_level_misses, 3);
}

TEST(ParseCallgrindDump, CountsZerosThatAreLeftOut) {
  const auto dump = ParseCallgrindDump(
      "events: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw\nsummary: 50 4\n");
  ASSERT_TRUE(dump.has_value());
  EXPECT_EQ(dump->counts.instructions, 50);
  EXPECT_EQ(dump->counts.first_level_misses, 0);
}

TEST(ParseCallgrindDump, IsNothingForAnotherFile) {
  EXPECT_FALSE(ParseCallgrindDump("{}").has_value());
  EXPECT_FALSE(ParseCallgrindDump("").has_value());
}

TEST(ExactRows, TakesTheDifferenceOfTheTwoDumpsOfARow) {
  const auto rows = ExactRows(
      {Dump("a", 2, 1500), Dump("b", 3, 5), Dump("a", 1, 1100), Dump("", 4, 9)},
      {{"a", 4}, {"b", 4}});
  ASSERT_EQ(rows.size(), 1u) << "b has one dump";
  EXPECT_EQ(rows[0].name, "a");
  EXPECT_EQ(rows[0].per_operation.instructions, 100);
  EXPECT_EQ(rows[0].per_operation.first_level_misses, 10);
}

TEST(CompareExactRuns, SaysWhatIsNotDeterministic) {
  const std::vector<ExactRow> first = {{"same", {1, 2, 3}},
                                       {"differs", {10, 0, 0}},
                                       {"misses", {1, 2, 0}},
                                       {"gone", {1, 0, 0}}};
  const std::vector<ExactRow> second = {
      {"same", {1, 2, 3}}, {"differs", {11, 0, 0}}, {"misses", {1, 4, 0}}};
  const auto rows = CompareExactRuns(first, second);
  EXPECT_EQ(rows[0].not_deterministic, "");
  EXPECT_NE(rows[1].not_deterministic.find("10.00 and 11.00 instructions"),
            std::string::npos);
  EXPECT_NE(rows[2].not_deterministic.find("misses"), std::string::npos);
  EXPECT_NE(rows[3].not_deterministic, "");
}

}  // namespace
}  // namespace workbook::cli
