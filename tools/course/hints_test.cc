// SPDX-License-Identifier: Apache-2.0

#include "tools/course/hints.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

const std::string kGrows =
    "## Task 1 · Grows, Task1Pool.StartsEmpty: it never gets larger\n"  // 1
    "\n"                                                                // 2
    "1. Where is the list?\n"                                           // 3
    "   Look twice.\n"                                                  // 4
    "2. Thread it.\n"                                                   // 5
    "3. ```cpp\n"                                                       // 6
    "   // in Pool::Grow\n"                                             // 7
    "   ++size_;\n"                                                     // 8
    "   ```\n\n";                                                       // 9
const std::string kThreads =
    "## Task 1 · Task1Threads: it hangs\n\n"
    "1. a\n2. b\n3. c:\n\n   ```cpp\n   # include <x>\n   int y;\n   ```\n";
const std::string kTask2 =
    "## Task 2 · Ends: it does not end\n1. a\n2. b\n3. ```cpp\n   c;\n   ```\n";

void ExpectRefused(const std::string& text, int task_count, int line,
                   const std::string& what, const std::string& fix) {
  const HintsResult result = ParseHints(text, "hints.md", task_count);
  ASSERT_FALSE(result.problems.empty()) << text;
  const std::string told = result.problems[0].Text();
  EXPECT_TRUE(told.starts_with("hints.md:" + std::to_string(line) + ": "))
      << told;
  EXPECT_NE(told.find(what), std::string::npos) << told;
  EXPECT_NE(told.find(fix), std::string::npos) << told;
}

TEST(ParseHints, ReadsBlocksOfThreeLevels) {
  const HintsResult result = ParseHints(
      "# Hints\n\nIntro.\n\n" + kGrows + kThreads + kTask2, "hints.md", 2);
  for (const Problem& problem : result.problems)
    ADD_FAILURE() << problem.Text();
  EXPECT_FALSE(result.old_form);
  ASSERT_EQ(result.blocks.size(), 3U);
  const HintBlock& first = result.blocks[0];
  EXPECT_EQ(first.names,
            (std::vector<std::string>{"Grows", "Task1Pool.StartsEmpty"}));
  EXPECT_EQ(first.seen, "it never gets larger");
  EXPECT_EQ(first.line, 5);
  EXPECT_EQ(first.Key(), "Grows");
  ASSERT_EQ(first.levels.size(), 3U);
  EXPECT_EQ(first.levels[0], "Where is the list?\nLook twice.");
  EXPECT_EQ(first.levels[2], "```cpp\n// in Pool::Grow\n++size_;\n```");
}

TEST(ParseHints, ReadsTheCodeOfLevelThreeWithItsLine) {
  const HintsResult result = ParseHints(kGrows + kThreads, "hints.md", 1);
  ASSERT_EQ(result.blocks.size(), 2U);
  ASSERT_EQ(result.blocks[0].code.size(), 1U);
  EXPECT_EQ(result.blocks[0].code[0].text, "// in Pool::Grow\n++size_;\n");
  EXPECT_EQ(result.blocks[0].code[0].line, 7);
  ASSERT_EQ(result.blocks[1].code.size(), 1U);
  EXPECT_EQ(result.blocks[1].code[0].text, "# include <x>\nint y;\n")
      << "what looks like a heading is code";
}

TEST(ParseHints, FindsTheBlockOfTheRedTest) {
  const HintsResult result =
      ParseHints(kGrows + kThreads + kTask2, "hints.md", 2);
  ASSERT_EQ(result.blocks.size(), 3U);
  const HintBlock* const grows = &result.blocks[0];
  const HintBlock* const threads = &result.blocks[1];
  EXPECT_EQ(result.Find(1, "Task1Pool.Grows").block, grows);
  EXPECT_EQ(result.Find(1, "Task1Pool.StartsEmpty").block, grows);
  EXPECT_EQ(result.Find(1, "Task1Threads.Waits").block, threads)
      << "by its suite";
  EXPECT_EQ(result.Find(1, "All/Task1Threads.Waits/0").block, threads);
  EXPECT_EQ(result.Find(1, "Task1Threads.Grows").block, grows)
      << "a test's name is nearer than its suite's";
  EXPECT_EQ(result.Find(1, "Task1Other.Test").block, grows)
      << "the task's first";
  EXPECT_EQ(result.Find(1, "").block, grows);
  EXPECT_EQ(result.Find(2, "Task1Pool.Grows").block, &result.blocks[2]);
  EXPECT_EQ(result.Find(3, "Task1Pool.Grows").block, nullptr);
}

// A heading with level texts that do not matter.
std::string Block(const std::string& heading) {
  return "## " + heading + "\n1. a\n2. b\n3. ```cpp\n   c;\n   ```\n";
}

TEST(FindHint, PrefersTheHeadingThatNamesTheTestAndSaysHowNearItIs) {
  const HintsResult result =
      ParseHints(Block("Task 1 · Task1Pool: a word dangles") +
                     Block("Task 1 · GrowsOnce: it grows"),
                 "hints.md", 1);
  const FoundHint named = result.Find(1, "Task1Pool.GrowsOnce");
  EXPECT_EQ(named.block, &result.blocks[1]);
  EXPECT_EQ(named.fit, HintFit::kTest);
  const FoundHint suite = result.Find(1, "Task1Pool.HasTheWordsOfItsText");
  EXPECT_EQ(suite.block, &result.blocks[0]);
  EXPECT_EQ(suite.fit, HintFit::kSuite);
  EXPECT_EQ(result.Find(1, "Task1Other.Shrinks").fit, HintFit::kTask);
}

TEST(FindHint, FindsTheBlockAboutThreads) {
  const HintsResult result =
      ParseHints(Block("Task 1 · LeavesNoTrace: a trace stays") +
                     Block("Task 1 · Owners: two threads, one owner") +
                     Block("Task 1 · Task1StringThreads: retention") +
                     Block("Task 2 · Task2Pool: it grows"),
                 "hints.md", 2);
  EXPECT_EQ(result.FindAboutThreads(1), &result.blocks[2]);
  EXPECT_EQ(result.FindAboutThreads(2), nullptr);
  EXPECT_EQ(
      ParseHints(Block("Task 1 · Task1Pool: a race of two"), "hints.md", 1)
          .FindAboutThreads(1)
          ->seen,
      "a race of two");
}

TEST(ParseHints, RefusesAMissingLevel) {
  ExpectRefused("## Task 1 · A: b\n1. a\n2. b\n", 1, 1,
                "no level 3 in the hints for A", "3. code");
  ExpectRefused("## Task 1 · A: b\n1. a\n2. \n3. ```cpp\n   c;\n   ```\n", 1, 1,
                "no level 2", "2. the idea");
}

TEST(ParseHints, RefusesALevelThreeWithoutCode) {
  ExpectRefused("## Task 1 · A: b\n1. a\n2. b\n3. `++size_;`\n", 1, 1,
                "no code in level 3", "```cpp");
  ExpectRefused("## Task 1 · A: b\n1. a\n2. b\n3. ```cpp\n   c;\n", 1, 1,
                "fence that does not end", "close it");
}

TEST(ParseHints, RefusesLevelsOutOfOrder) {
  ExpectRefused("## Task 1 · A: b\n1. a\n3. b\n", 1, 3, "level 3 where level 2",
                "1, 2 and 3");
  ExpectRefused(kGrows + "4. d\n", 1, 11, "level 4, and there are three",
                "1, 2 and 3");
}

TEST(ParseHints, RefusesALineThatBelongsToNoLevel) {
  ExpectRefused("## Task 1 · A: b\nLook!\n1. a\n", 1, 2, "belongs to no level",
                "three spaces");
  ExpectRefused("## Task 1 · A: b\n1. a\nand more\n", 1, 3,
                "belongs to no level", "three spaces");
}

TEST(ParseHints, RefusesOtherHeadings) {
  ExpectRefused(kGrows + "## Notes\n", 1, 11, "`## Notes`", "## Task N · ");
  ExpectRefused(kGrows + "## Task 2 · B\n", 1, 11, "`## Task 2 · B`",
                "what is seen");
  ExpectRefused("## Task 1 · , B: c\n", 1, 1, "names no test", "TestName");
  ExpectRefused(kTask2 + kGrows, 2, 7, "task 1 behind task 2", "order");
}

TEST(ParseHints, RefusesATaskWithoutBlockAndABlockWithoutTask) {
  ExpectRefused(kGrows, 2, 1, "no hints for task 2", "## Task 2 · ");
  ExpectRefused("", 1, 1, "no hints for task 1", "## Task 1 · ");
  ExpectRefused(kGrows + kTask2, 1, 11, "hints for task 2", "remove them");
}

TEST(ParseHints, ReadsLinesThatEndAsOnWindows) {
  std::string text;
  for (const char letter : kGrows) {
    if (letter == '\n') text += '\r';
    text += letter;
  }
  const HintsResult result = ParseHints(text, "hints.md", 1);
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(result.blocks[0].code[0].text, "// in Pool::Grow\n++size_;\n");
}

TEST(LoadHints, NamesAFileThatIsNotThere) {
  const ScratchFolder folder;
  Exercise exercise;
  exercise.hints = "exercises/01_02/hints.md";
  const HintsResult result = LoadHints(folder.path(), exercise);
  ASSERT_EQ(result.problems.size(), 1U);
  EXPECT_TRUE(
      result.problems[0].Text().starts_with("exercises/01_02/hints.md: "));
}

}  // namespace
}  // namespace workbook
