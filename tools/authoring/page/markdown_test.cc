// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/page/markdown.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

using Kind = LineKind;

std::vector<Kind> KindsOf(const std::string& text) {
  std::vector<Kind> kinds;
  for (const MarkdownLine& line : ReadMarkdown(text)) {
    kinds.push_back(line.kind);
  }
  return kinds;
}

TEST(ReadMarkdown, TellsLinesApart) {
  EXPECT_EQ(
      KindsOf("---\ntitle: x\n---\n# A\nb\n```cpp\n# c\n```\n"
              "<!-- one -->\n<!-- two\nlines -->\n<!-- in --> front\n"),
      (std::vector<Kind>{
          Kind::kFrontMatter, Kind::kFrontMatter, Kind::kFrontMatter,
          Kind::kHeading, Kind::kProse, Kind::kFence, Kind::kCode, Kind::kFence,
          Kind::kComment, Kind::kComment, Kind::kComment, Kind::kProse}));
  EXPECT_EQ(KindsOf("#include\n#\n"),
            (std::vector<Kind>{Kind::kProse, Kind::kProse}))
      << "a heading has a blank behind its signs";
}

TEST(ReadMarkdown, AFenceOfFourBackticksHoldsOneOfThree) {
  EXPECT_EQ(KindsOf("````md\n```cpp\n```\n````\na\n"),
            (std::vector<Kind>{Kind::kFence, Kind::kCode, Kind::kCode,
                               Kind::kFence, Kind::kProse}));
}

TEST(CountWords, CountsProseHeadingsAndTables) {
  const auto lines = ReadMarkdown(
      "# Two words\n\nThree - of them.\n\n```\nnot these\n```\n"
      "| a | b |\n|---|---|\n<!-- nor these -->\n"
      "x <!-- hidden words -->1<!-- end --> ns\n");
  EXPECT_EQ(CountWords(lines, 0, lines.size()), 2 + 3 + 2 + 3);
  EXPECT_EQ(CountWords(lines, 2, 3), 3);
}

TEST(LinksOf, FindsTargetsOutsideOfCode) {
  const auto links = LinksOf(
      ReadMarkdown("See [a](b.md) and [c](<d.md#e> \"title\"), not `[x](y)`.\n"
                   "```\n[x](y)\n```\n![p](q.svg) <img src=\"r.svg\">\n"));
  ASSERT_EQ(links.size(), 4U);
  EXPECT_EQ(links[0].target, "b.md");
  EXPECT_EQ(links[0].line, 1);
  EXPECT_EQ(links[1].target, "d.md#e");
  EXPECT_EQ(links[2].target, "q.svg");
  EXPECT_EQ(links[2].line, 5);
  EXPECT_EQ(links[3].target, "r.svg");
}

TEST(AnchorsOf, WritesHeadingsAsCodeHostsDo) {
  EXPECT_EQ(
      AnchorsOf(ReadMarkdown("## 2. How large?\n## `Pool::Get`\n## A\n"
                             "## A\n<a id=\"here\"></a>\n")),
      (std::set<std::string>{"2-how-large", "poolget", "a", "a-1", "here"}));
}

}  // namespace
}  // namespace workbook
