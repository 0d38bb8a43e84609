// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>

#include "tools/course/hints.h"

namespace workbook {
namespace {

const std::string kTask1 =
    "## Task 1: A pool\n\n"                  // 1, 2
    "### Hint 1\n\nLook at the list.\n\n"    // 3 to 6
    "### Hint 2\n\nThread it.\n\n"           // 7 to 10
    "### Hint 3\n\n```cpp\n### x\n```\n\n";  // 11 to 16
const std::string kTask2 =
    "## Task 2\n### Hint 1\na\n### Hint 2\nb\n### Hint 3\nc\n";

void ExpectRefused(const std::string& text, int task_count,
                   const std::string& what, const std::string& fix) {
  const HintsResult result = ParseHints(text, "hints.md", task_count);
  EXPECT_TRUE(result.old_form);
  ASSERT_FALSE(result.problems.empty()) << text;
  const std::string told = result.problems[0].Text();
  EXPECT_TRUE(told.starts_with("hints.md:")) << told;
  EXPECT_NE(told.find(what), std::string::npos) << told;
  EXPECT_NE(told.find(fix), std::string::npos) << told;
}

TEST(OldHints, ReadsThreeLevelsATask) {
  const HintsResult result =
      ParseHints("# Hints\n\nIntro.\n\n" + kTask1 + kTask2, "hints.md", 2);
  for (const Problem& problem : result.problems)
    ADD_FAILURE() << problem.Text();
  EXPECT_TRUE(result.old_form);
  ASSERT_EQ(result.blocks.size(), 2U);
  const HintBlock* const first = result.Find(1, "Task1Pool.AnyTest").block;
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->Key(), "");
  EXPECT_EQ(first->levels[0], "Look at the list.");
  EXPECT_EQ(first->levels[2], "```cpp\n### x\n```") << "a heading in code";
  EXPECT_EQ(result.Find(2, "").block->levels[2], "c");
}

TEST(OldHints, RefusesAMissingOrEmptyLevel) {
  ExpectRefused("## Task 1\n### Hint 1\na\n### Hint 2\nb\n", 1,
                "no hint 3 for task 1", "nearly the code");
  ExpectRefused("## Task 1\n### Hint 1\n\n### Hint 2\nb\n### Hint 3\nc\n", 1,
                "no hint 1 for task 1", "a nudge");
}

TEST(OldHints, RefusesAMissingTaskAndOneTooMany) {
  ExpectRefused(kTask1, 2, "no hint 1 for task 2", "`## Task 2: title`");
  ExpectRefused(kTask1 + kTask2, 1, "hints for task 2", "remove them");
}

TEST(OldHints, RefusesTasksAndLevelsOutOfOrder) {
  ExpectRefused(kTask2, 1, "`## Task 2` where task 1", "in order");
  ExpectRefused("## Task 1\n### Hint 2\nb\n", 1, "`### Hint 2` in task 1",
                "in order");
  ExpectRefused(kTask1 + "### Hint 4\nd\n", 1, "`### Hint 4` in task 1",
                "`### Hint 3`");
}

TEST(OldHints, RefusesOtherHeadings) {
  ExpectRefused(kTask1 + "## Notes\n", 1, "`## Notes`", "## Task 2");
  ExpectRefused("## Task 1:\n### Tip\n", 1, "`### Tip`", "no other heading");
  ExpectRefused("### Hint 1\na\n", 1, "before the first task", "above it");
}

TEST(OldHints, NamesTheLine) {
  const HintsResult result = ParseHints(kTask1 + "## Notes\n", "hints.md", 1);
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_TRUE(result.problems[0].Text().starts_with("hints.md:17: "));
}

}  // namespace
}  // namespace workbook
