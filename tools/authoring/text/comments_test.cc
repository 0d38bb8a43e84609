// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/text/comments.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

// "LINE: WHAT" of each fault, a line each.
std::string Found(const std::string& text) {
  std::string found;
  for (const TextFault& fault : FaultsInComments(text)) {
    EXPECT_FALSE(fault.fix.empty());
    found += std::to_string(fault.line) + ": " + fault.what + "\n";
  }
  return found;
}

constexpr char kJoined[] = "holds a table or code that a formatter has joined";

TEST(Comments, RefusesOneWordInTheMiddleOfAParagraph) {
  EXPECT_EQ(Found("  // A small queue takes\n  // what\n  // is new.\n"),
            "2: holds one word in the middle of a paragraph, `what`\n");
  EXPECT_EQ(Found("// - the stub is that\n// file\n//   in the namespace\n"),
            "2: holds one word in the middle of a paragraph, `file`\n");
}

TEST(Comments, OneWordMayEndAParagraph) {
  EXPECT_EQ(Found("// Returns what was\n// asked\nint f();\n"), "");
  EXPECT_EQ(Found("// Returns what was\n// asked\n//\n// More.\n"), "");
  EXPECT_EQ(Found("// Returns what was\n// asked\n// Cost: O(1).\n"), "");
  EXPECT_EQ(Found("// Returns what was\n// asked.\n// So.\n"), "");
  EXPECT_EQ(Found("// It lies as\n// follows:\n//   a b\n"), "");
  EXPECT_EQ(Found("// It has\n// parts\n// - a\n"), "");
  EXPECT_EQ(Found("// It has\n// notes\n// [given]\n"), "");
  EXPECT_EQ(Found("// Lines:\n//   a,1 2\n//   b,2\n//   c,3 4\n"), "");
}

TEST(Comments, OneWordMayBeginAParagraph) {
  EXPECT_EQ(Found("int x;\n// word\n// and more\n"), "");
  EXPECT_EQ(Found("//\n// word\n// and more\n"), "");
}

TEST(Comments, RefusesRowsThatWereJoined) {
  EXPECT_EQ(Found("//   sign; zone         is letters\n"),
            "1: " + std::string(kJoined) + "\n");
  EXPECT_EQ(Found("// begin = top     end = begin + size\n"),
            "1: " + std::string(kJoined) + "\n");
}

TEST(Comments, LeavesTablesAlone) {
  EXPECT_EQ(Found("//   codes        are two letters\n"), "");
  EXPECT_EQ(Found("// \"    #0 0x55 in Make()\", with an address\n"), "");
  EXPECT_EQ(Found("const int x = 1;     // one;  two\n"), "");
}

TEST(Comments, RefusesLinesOver80) {
  const std::string line = "  // a " + std::string(73, 'b');
  EXPECT_EQ(Found(line + "\n"), "");
  EXPECT_EQ(Found(line + "c\n"), "1: has 81 columns\n");
  EXPECT_EQ(Found("// https://" + std::string(80, 'x') + "\n"), "");
}

}  // namespace
}  // namespace workbook
