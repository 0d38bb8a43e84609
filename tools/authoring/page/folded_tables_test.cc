// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/page/folded_tables.h"

#include <string>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr char kTable[] = "| a | b |\n|---|---|\n| 1 | 2 |\n";
constexpr char kPredict[] = "\n**Predict.** How many?\n\n";

TEST(OpenTablesBeforePredict, FindsATableInFrontOfTheQuestion) {
  EXPECT_EQ(OpenTablesBeforePredict(std::string("## 1. One\n\n") + kTable +
                                    kPredict + kTable),
            std::vector<int>{3});
}

TEST(OpenTablesBeforePredict, LeavesWhatIsFoldedOrBehind) {
  EXPECT_TRUE(OpenTablesBeforePredict(
                  std::string("## 1. One\n\n<details><summary>The counts"
                              "</summary>\n\n") +
                  kTable + "\n</details>\n" + kPredict + kTable)
                  .empty());
  EXPECT_TRUE(
      OpenTablesBeforePredict(std::string("## What it costs\n\n") + kTable)
          .empty());
  EXPECT_TRUE(OpenTablesBeforePredict(std::string("## 1. One\n\n```text\n") +
                                      kTable + "```\n" + kPredict)
                  .empty());
}

TEST(OpenTablesBeforePredict, TheFirstPagesHaveNone) {
  for (const char* page :
       {"chapters/03_everyday/03_01.md", "chapters/03_everyday/03_06.md"}) {
    const auto text = ReadTextFile(page);
    ASSERT_TRUE(text.has_value()) << page;
    EXPECT_EQ(OpenTablesBeforePredict(*text), std::vector<int>{})
        << page << ": the lines of tables to fold in <details>";
  }
}

}  // namespace
}  // namespace workbook
