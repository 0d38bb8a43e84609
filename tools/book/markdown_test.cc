// SPDX-License-Identifier: Apache-2.0

#include "tools/book/markdown.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook::book {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(RenderMarkdown, TakesTheTitleOutAndGivesHeadingsAnchors) {
  const Rendered page = RenderMarkdown(
      "---\ntitle: x\n---\n# A page\n\nText.\n\n## What it costs\n\n## What it "
      "costs\n");
  EXPECT_EQ(page.title, "A page");
  EXPECT_FALSE(Has(page.html, "A page"));
  EXPECT_FALSE(Has(page.html, "title: x"));
  ASSERT_EQ(page.headings.size(), 2u);
  EXPECT_EQ(page.headings[0].anchor, "what-it-costs");
  EXPECT_EQ(page.headings[1].anchor, "what-it-costs-1");
  EXPECT_TRUE(Has(page.html, "<h2 id=\"what-it-costs\">What it costs<a"));
}

TEST(RenderMarkdown, LeavesDirectivesOutAndKeepsFolds) {
  const Rendered page = RenderMarkdown(
      "# T\n\n<!-- code: a.cc#b -->\n```cpp\nint a < b;\n```\n\n"
      "<details><summary>Q</summary>\n\n*A*\n</details>\n");
  EXPECT_FALSE(Has(page.html, "<!--"));
  EXPECT_TRUE(Has(page.html, "<code class=\"language-cpp\">int a &lt; b;"));
  EXPECT_TRUE(Has(page.html, "<summary>Q</summary>"));
  EXPECT_TRUE(Has(page.html, "<em>A</em>"));
}

TEST(RenderMarkdown, LetsTablesScrollAndRewritesLinks) {
  MarkdownOptions options;
  options.link = [](std::string_view to) { return "to/" + std::string(to); };
  const Rendered page = RenderMarkdown(
      "# T\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n[x](y.md)\n", options);
  EXPECT_TRUE(Has(page.html, "<div class=\"wide\" tabindex=\"0\"><table>"));
  EXPECT_TRUE(Has(page.html, "href=\"to/y.md\""));
  EXPECT_TRUE(Has(page.words, "1"));
}

TEST(RenderMarkdown, LeavesTheWordsOfALinkThatLeadsNowhere) {
  MarkdownOptions options;
  options.link = [](std::string_view) { return ""; };
  const Rendered page =
      RenderMarkdown("# T\n\n[the *tests*](../x.cc), [b](c)\n", options);
  EXPECT_TRUE(Has(page.html, "<p>the <em>tests</em>, b</p>")) << page.html;
}

TEST(RenderMarkdown, OfNothingIsNothing) {
  const Rendered page = RenderMarkdown("");
  EXPECT_EQ(page.title, "");
  EXPECT_EQ(page.html, "");
}

TEST(AnchorOf, IsWhatACodeHostMakesOfAHeading) {
  EXPECT_EQ(AnchorOf("1. The line that moves 20 GB"),
            "1-the-line-that-moves-20-gb");
  EXPECT_EQ(AnchorOf("In Go: `sync.Pool`?"), "in-go-syncpool");
}

}  // namespace
}  // namespace workbook::book
