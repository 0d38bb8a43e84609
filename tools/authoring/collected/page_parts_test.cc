// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/collected/page_parts.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

constexpr char kPage[] =
    "# 01_01 Pairs\n\n"
    "**You need** C++, and\n[03_01](../03_everyday/03_01.md).\n\n"
    "**Words** *peak*: the most\nbytes · *warm*, *cold*: in the cache, or "
    "not.\n\n"
    "## What it costs\n\nText.\n\n"
    "<!-- table: docs/01_01.md#pairs/make -->\n| row | ns |\n|---|---|\n"
    "| mine | 1 |\n\nMore text.\n\n| typed | by hand |\n\n"
    "## Check yourself\n\n"
    "<details><summary>A service is slow. Why?</summary>\n\nA.\n</details>\n\n"
    "<details><summary>Interview: what is a\npair?</summary>\n\n"
    "Two, see [there](#what-it-costs).\n</details>\n";
constexpr char kFile[] = "chapters/01_allocators/01_01.md";

TEST(PagePartsTest, WordsMayHaveTwoNamesAndGoOverLines) {
  const std::vector<Word> words = WordsOf(kPage);
  ASSERT_EQ(words.size(), 2u);
  EXPECT_EQ(words[0].name, "peak");
  EXPECT_EQ(words[0].meaning, "the most bytes");
  EXPECT_EQ(words[1].name, "warm, cold");
  EXPECT_EQ(words[1].meaning, "in the cache, or not");
}

TEST(PagePartsTest, QuestionsOfInterviewsAreTakenWhole) {
  const std::vector<std::string> questions = InterviewQuestionsOf(kPage);
  ASSERT_EQ(questions.size(), 1u);
  EXPECT_TRUE(
      questions[0].starts_with("<details><summary>Interview: what is a\npair"));
  EXPECT_TRUE(questions[0].ends_with("</details>\n"));
}

TEST(PagePartsTest, TablesAreThoseThatAreIncludedBelowTheHeading) {
  const std::vector<CostTable> tables = CostTablesOf(kPage);
  ASSERT_EQ(tables.size(), 1u);
  EXPECT_EQ(tables[0].name, "pairs/make");
  EXPECT_EQ(tables[0].text, "| row | ns |\n|---|---|\n| mine | 1 |\n");
}

TEST(PagePartsTest, AParagraphIsOneLine) {
  EXPECT_EQ(ParagraphOf(kPage, "You need"),
            "C++, and [03_01](../03_everyday/03_01.md).");
  EXPECT_EQ(ParagraphOf(kPage, "You know"), "");
}

TEST(PagePartsTest, LinksLeadOnFromChapters) {
  EXPECT_EQ(WithLinksFromChapters("[a](../03_everyday/03_01.md) [b](#top) "
                                  "[c](01_02.md#x) [d](https://example.com)",
                                  kFile),
            "[a](03_everyday/03_01.md) [b](01_allocators/01_01.md#top) "
            "[c](01_allocators/01_02.md#x) [d](https://example.com)");
}

TEST(PagePartsTest, APageWithoutPartsGivesNone) {
  EXPECT_TRUE(WordsOf("").empty());
  EXPECT_TRUE(WordsOf("**Words** none").empty());
  EXPECT_TRUE(InterviewQuestionsOf("<details><summary>Interview: cut").empty());
  EXPECT_TRUE(CostTablesOf("| a |\n").empty());
  EXPECT_EQ(WithLinksFromChapters("a [b](", kFile), "a [b](");
}

}  // namespace
}  // namespace workbook
