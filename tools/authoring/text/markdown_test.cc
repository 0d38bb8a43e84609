// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/text/markdown.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

// "LINE: WHAT" of each fault, a line each.
std::string Found(const std::string& text) {
  std::string found;
  for (const TextFault& fault : FaultsInMarkdown(text)) {
    EXPECT_FALSE(fault.fix.empty());
    found += std::to_string(fault.line) + ": " + fault.what + "\n";
  }
  return found;
}

constexpr char kIndented[] = "holds code as an indented block\n";
constexpr char kReflowed[] =
    "holds columns or code that a formatter has reflowed\n";

TEST(Markdown, LeavesPlainTextAlone) {
  EXPECT_EQ(Found("---\ntitle:   x\n---\n# Title\n\nText,\nmore text.\n"), "");
  EXPECT_EQ(Found(""), "");
  EXPECT_EQ(Found("#\n>\n-\n"), "");
}

TEST(Markdown, RefusesAnIndentedBlock) {
  EXPECT_EQ(Found("Text:\n\n    int x = 0;\n    ++x;\n"),
            "3: " + std::string(kIndented));
  EXPECT_EQ(Found("# Title\n    int x = 0;\n"), "2: " + std::string(kIndented));
  EXPECT_EQ(Found("```sh\nls\n```\n    int x = 0;\n"),
            "4: " + std::string(kIndented));
}

TEST(Markdown, AParagraphMayGoOnIndented) {
  EXPECT_EQ(Found("1. A long item\n       that goes on.\n"), "");
}

TEST(Markdown, AnItemOfAListHasItsOwnIndentation) {
  EXPECT_EQ(Found("10. An item.\n\n    Its second paragraph.\n"), "");
  EXPECT_EQ(Found("- a\n  - b\n\n    Of b.\n"), "");
  EXPECT_EQ(Found("- a\n\n      code of a\n"), "3: " + std::string(kIndented));
  EXPECT_EQ(Found("- a\n\nBehind it.\n\n    code\n"),
            "5: " + std::string(kIndented));
}

TEST(Markdown, AFencedBlockMayHoldAnything) {
  EXPECT_EQ(Found("```cpp\n\n    int  x    = 0;\n```\n"), "");
  EXPECT_EQ(Found("- a\n\n  ~~~text\n      b    c\n  ~~~\n"), "");
  EXPECT_EQ(Found("3. ```cpp\n   int  x    = 0;\n   ```\n"), "");
  EXPECT_EQ(Found("````md\n```\n    x\n````\n"), "");
}

TEST(Markdown, RefusesAFenceThatNoLineCloses) {
  EXPECT_EQ(Found("Text.\n\n```cpp\nint x;\n"),
            "3: begins a block of code that no line ends\n");
  EXPECT_EQ(Found("```code``` in a paragraph.\n"), "");
}

TEST(Markdown, RefusesLinesOver120) {
  const std::string words = "a " + std::string(117, 'b') + " c";
  EXPECT_EQ(Found(words.substr(0, 119) + "\n"), "");
  EXPECT_EQ(Found(words + "\n"), "1: has 121 columns\n");
  EXPECT_EQ(Found("- " + words.substr(0, 119) + "\n"), "1: has 121 columns\n");
  EXPECT_EQ(Found("```\n" + words + "\n```\n"), "2: has 121 columns\n");
}

TEST(Markdown, CountsCharactersAndNotBytes) {
  std::string text = "a";
  for (int i = 0; i < 119; ++i) text += i == 60 ? " " : "\u00e9";
  EXPECT_EQ(Found(text + "\n"), "");
  EXPECT_EQ(Found(text + "x\n"), "1: has 121 columns\n");
}

TEST(Markdown, WhatCannotBreakMayBeLonger) {
  const std::string url = "https://" + std::string(130, 'x');
  EXPECT_EQ(Found(url + "\n"), "");
  EXPECT_EQ(Found("- [a](" + url + ")\n"), "");
  EXPECT_EQ(Found("> " + url + "\n"), "");
  EXPECT_EQ(Found("[a]: " + url + "\n"), "");
  EXPECT_EQ(Found("| a | " + url + " | b |\n"), "");
}

TEST(Markdown, RefusesColumnsThatWereReflowed) {
  EXPECT_EQ(Found("push(block): if count == n   block[0] = entries;\n"),
            "1: " + std::string(kReflowed));
  EXPECT_EQ(Found("| a     | b |\n"), "");
  EXPECT_EQ(Found("Print `a    b` first.\n"), "");
  EXPECT_EQ(Found("-   an item\n"), "");
}

}  // namespace
}  // namespace workbook
