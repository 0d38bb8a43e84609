// SPDX-License-Identifier: Apache-2.0

#include "tools/problem/problem.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

TEST(Problem, IsOneLineWithPlaceFaultAndFix) {
  EXPECT_EQ(ProblemIn("a.toml", 3, "title", "is missing", "add it").Text(),
            "a.toml:3: title is missing. Fix: add it.");
  EXPECT_EQ(ProblemIn("a.md", 0, "", "can't be read", "").Text(),
            "a.md: can't be read.");
  EXPECT_EQ(ProblemIn("a.md", 0, "", "is odd", "did you mean b?").Text(),
            "a.md: is odd. Fix: did you mean b?");
}

TEST(Problem, IsAParagraph) {
  const Problem problem{
      .what = "no space is left", .where = "/tmp", .next = "Free some space."};
  EXPECT_EQ(problem.Paragraph(),
            "no space is left\n    where: /tmp\n    next:  Free some space.");
}

TEST(Problem, EndsACommandAsOneOfTheMachine) {
  EXPECT_EQ(Problem{}.exit_code, kExitEnvironment);
}

}  // namespace
}  // namespace workbook
