#include "tools/course/hints.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/process/scratch_folder.h"

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
  ASSERT_FALSE(result.problems.empty()) << text;
  const Problem& problem = result.problems[0];
  EXPECT_TRUE(problem.where.starts_with("hints.md"));
  EXPECT_NE(problem.what.find(what), std::string::npos) << problem.Text();
  EXPECT_NE(problem.next.find(fix), std::string::npos) << problem.Text();
}

TEST(ParseHints, ReadsThreeLevelsATask) {
  const HintsResult result =
      ParseHints("# Hints\n\nIntro.\n\n" + kTask1 + kTask2, "hints.md", 2);
  for (const Problem& problem : result.problems)
    ADD_FAILURE() << problem.Text();
  ASSERT_EQ(result.tasks.size(), 2U);
  ASSERT_NE(result.Find(1, 1), nullptr);
  EXPECT_EQ(*result.Find(1, 1), "Look at the list.");
  EXPECT_EQ(*result.Find(2, 3), "c");
}

TEST(ParseHints, AHeadingInCodeIsCode) {
  const HintsResult result = ParseHints(kTask1, "hints.md", 1);
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(*result.Find(1, 3), "```cpp\n### x\n```");
}

TEST(ParseHints, FindsNothingOutOfRange) {
  const HintsResult result = ParseHints(kTask1, "hints.md", 1);
  EXPECT_EQ(result.Find(0, 1), nullptr);
  EXPECT_EQ(result.Find(2, 1), nullptr);
  EXPECT_EQ(result.Find(1, 0), nullptr);
  EXPECT_EQ(result.Find(1, 4), nullptr);
}

TEST(ParseHints, RefusesAMissingLevel) {
  ExpectRefused("## Task 1\n### Hint 1\na\n### Hint 2\nb\n", 1,
                "no hint 3 for task 1", "nearly the code");
}

TEST(ParseHints, RefusesAnEmptyLevel) {
  ExpectRefused("## Task 1\n### Hint 1\n\n### Hint 2\nb\n### Hint 3\nc\n", 1,
                "no hint 1 for task 1", "a nudge");
}

TEST(ParseHints, RefusesAMissingTask) {
  ExpectRefused(kTask1, 2, "no hint 1 for task 2", "`## Task 2: title`");
  ExpectRefused("", 1, "no hint 1 for task 1", "`## Task 1: title`");
}

TEST(ParseHints, RefusesATaskTooMany) {
  ExpectRefused(kTask1 + kTask2, 1, "hints for task 2", "remove them");
}

TEST(ParseHints, RefusesTasksOutOfOrder) {
  ExpectRefused(kTask2, 1, "`## Task 2` where task 1", "in order");
}

TEST(ParseHints, RefusesLevelsOutOfOrderOrTooMany) {
  ExpectRefused("## Task 1\n### Hint 2\nb\n", 1, "`### Hint 2` in task 1",
                "in order");
  ExpectRefused(kTask1 + "### Hint 4\nd\n", 1, "`### Hint 4` in task 1",
                "`### Hint 3`");
}

TEST(ParseHints, RefusesOtherHeadings) {
  ExpectRefused(kTask1 + "## Notes\n", 1, "`## Notes`", "## Task 2");
  ExpectRefused("## Task 1\n### Tip\n", 1, "`### Tip`", "no other heading");
  ExpectRefused("### Hint 1\na\n", 1, "before the first task", "above it");
}

TEST(ParseHints, NamesTheLine) {
  const HintsResult result = ParseHints(kTask1 + "## Notes\n", "hints.md", 1);
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].where, "hints.md:17");
}

TEST(ParseHints, ReadsLinesThatEndAsOnWindows) {
  std::string text;
  for (const char letter : kTask2) {
    if (letter == '\n') text += '\r';
    text += letter == '2' && text == "## Task " ? '1' : letter;
  }
  EXPECT_TRUE(ParseHints(text, "hints.md", 1).problems.empty());
}

TEST(LoadHints, NamesAFileThatIsNotThere) {
  const ScratchFolder folder;
  Exercise exercise;
  exercise.hints = "exercises/01_02/hints.md";
  const HintsResult result = LoadHints(folder.path(), exercise);
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_EQ(result.problems[0].where, "exercises/01_02/hints.md");
}

}  // namespace
}  // namespace workbook
