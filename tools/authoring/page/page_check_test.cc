// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/page/page_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tools/authoring/sample_course.h"

namespace workbook {
namespace {

const std::string kPage = "chapters/01_counters/01_01.md";

class PageCheckTest : public testing::Test {
 protected:
  void ExpectRefused(const std::string& place, const std::string& what,
                     const std::string& fix) {
    const Check check = CheckPage(course_.root(), course_.exercise());
    ASSERT_FALSE(check.Passed());
    const std::string told = check.problems[0].Text();
    EXPECT_TRUE(told.starts_with(place + (place.ends_with(':') ? "" : ": ")))
        << told;
    EXPECT_NE(told.find(what), std::string::npos) << told;
    const std::size_t at = told.find("Fix: ");
    ASSERT_NE(at, std::string::npos) << told;
    EXPECT_NE(told.find(fix, at), std::string::npos) << told;
    EXPECT_EQ(check.problems.size(), 1U) << check.problems[1].Text();
  }

  void ExpectTime(const std::string& text, int line) {
    Check check;
    CheckTimes("page.md", ReadMarkdown(text), check);
    ASSERT_EQ(check.problems.size(), line == 0 ? 0U : 1U) << text;
    if (line != 0) {
      EXPECT_TRUE(check.problems[0].Text().starts_with(
          "page.md:" + std::to_string(line) + ": "))
          << text;
    }
  }

  void Replace(const std::string& from, const std::string& to) {
    course_.Replace(kPage, from, to);
  }

  void Restore() { course_.Write(kPage, page_); }

  // "page:12" where the page has `text`.
  std::string At(const std::string& text) const {
    const std::string page = course_.Read(kPage);
    const std::size_t at = page.find(text);
    EXPECT_NE(at, std::string::npos) << text;
    return kPage + ":" +
           std::to_string(1 + std::count(page.begin(),
                                         page.begin() + static_cast<long>(at),
                                         '\n'));
  }

  SampleCourse course_;
  const std::string page_ = course_.Read(kPage);
};

TEST_F(PageCheckTest, TheSamplePasses) {
  const Check check = CheckPage(course_.root(), course_.exercise());
  for (const Problem& problem : check.problems) {
    ADD_FAILURE() << problem.Text();
  }
}

TEST_F(PageCheckTest, RefusesATaskWithoutSection) {
  Replace("## 2. Two threads, one sum", "## Two threads");
  ExpectRefused(At("## Two threads"), "no section `## 2. ` for task 2",
                "write `## 2. Two threads, one sum`");
}

TEST_F(PageCheckTest, RefusesASectionWithoutAPart) {
  for (const char* part :
       {"**Why.**", "**Idea.**", "**Picture.**", "**Worked example.**",
        "**Invariants**", "**Predict.**", "**Do it.**", "**Traps.**"}) {
    Restore();
    Replace(part, "Well,");
    ExpectRefused(
        At("## 1. A counter"),
        "no paragraph `" + std::string(part) + "` in the section of task 1",
        "begin a paragraph with");
  }
}

TEST_F(PageCheckTest, RefusesAPageWithoutItsFront) {
  for (const char* part :
       {"**You will be able to**", "**You need**", "**Words**"}) {
    Restore();
    Replace(part, "*Well*");
    const Check check = CheckPage(course_.root(), course_.exercise());
    ASSERT_FALSE(check.Passed()) << part;
    EXPECT_NE(check.problems[0].what.find(part), std::string::npos);
  }
}

TEST_F(PageCheckTest, RefusesAHookThatIsNotThereOrTooLong) {
  const std::string hook =
      "Two functions give numbers. One of them gives the same number for ever. "
      "Which one, and why?\n";
  Replace(hook, "");
  ExpectRefused(At("# 01_01"), "no hook", "measured surprise");
  Restore();
  std::string words;
  for (int i = 0; i < 81; ++i) words += "word ";
  Replace(hook, words + "\n");
  ExpectRefused(At("# 01_01"), "81 words in its hook", "keep the code");
}

TEST_F(PageCheckTest, RefusesAPageWithoutAClosingPart) {
  for (const char* part :
       {"## What it costs", "## Key points", "## Expected outcomes",
        "## Check yourself", "## In Go", "## Going deeper"}) {
    Restore();
    Replace(part, "## Something else");
    const Check check = CheckPage(course_.root(), course_.exercise());
    ASSERT_EQ(check.problems.size(), 1U) << part;
    EXPECT_NE(check.problems[0].what.find(part), std::string::npos);
  }
}

TEST_F(PageCheckTest, RefusesQuestionsWithoutAFold) {
  Replace("<details>", "<p>");
  ExpectRefused(At("## Check yourself"), "no <details>", "<summary>");
}

TEST_F(PageCheckTest, RefusesTooFewAndTooManyWords) {
  std::string words;
  for (int i = 0; i < 400; ++i) words += "word ";
  Replace("**Traps.**", "**Traps.** " + words);
  const Check check = CheckPage(course_.root(), course_.exercise());
  ASSERT_EQ(check.problems.size(), 1U);
  EXPECT_NE(check.problems[0].what.find("words in the section of task 1"),
            std::string::npos)
      << check.problems[0].Text();
  EXPECT_NE(check.problems[0].what.find("300 to 700"), std::string::npos);
}

TEST_F(PageCheckTest, ThePageIsCountedWithoutItsDeepSections) {
  std::string words;
  for (int i = 0; i < 1400; ++i) words += "word ";
  Replace("## Key points\n", "## Key points\n\n" + words);
  const Check check = CheckPage(course_.root(), course_.exercise());
  ASSERT_EQ(check.problems.size(), 1U);
  const std::string told = check.problems[0].Text();
  EXPECT_TRUE(told.starts_with(kPage + ":1: ")) << told;
  EXPECT_NE(told.find("words in the page without the sections of deep tasks, "
                      "and may have 1200 to 2500"),
            std::string::npos)
      << told;
}

// The section of task 2 in a page of its own.
class TaskPageTest : public PageCheckTest {
 protected:
  TaskPageTest() {
    const std::size_t begin = page_.find("## 2. Two threads");
    const std::size_t end = page_.find("## What it costs");
    section_ = page_.substr(begin, end - begin);
    course_.Write(kPage, page_.substr(0, begin) + page_.substr(end));
    Replace("The second task", "[The second task](01_01_2_pair.md)");
    WriteOwn("# 01_01 task 2\n\nOf [01_01](01_01.md).\n\n" + section_);
  }

  void WriteOwn(const std::string& text) { course_.Write(kOwn, text); }

  const std::string kOwn = "chapters/01_counters/01_01_2_pair.md";
  std::string section_;
};

TEST_F(TaskPageTest, ATaskMayHaveAPageOfItsOwn) {
  const Check check = CheckPage(course_.root(), course_.exercise());
  for (const Problem& problem : check.problems) ADD_FAILURE() << problem.Text();
}

TEST_F(TaskPageTest, ItsSectionHasAllParts) {
  course_.Replace(kOwn, "**Traps.**", "Traps.");
  ExpectRefused(kOwn + ":5",
                "no paragraph `**Traps.**` in the section of task 2", "begin");
}

TEST_F(TaskPageTest, TheSectionIsNeitherTwiceThereNorNowhere) {
  course_.Replace(kOwn, "## 2. Two", "## Two");
  ExpectRefused(kOwn + ":1", "no section `## 2. ` for task 2", "write `## 2. ");
  course_.Replace(kOwn, "## Two", "## 2. Two");
  Replace("## What it costs", "## 2. Two threads\n\nMore.\n\n## What it costs");
  ExpectRefused(At("## 2. Two threads"),
                "a section `## 2. `, and so has " + kOwn, "keep one");
}

TEST_F(TaskPageTest, ThePagesLinkToEachOther) {
  Replace("(01_01_2_pair.md)", "(01_01.md)");
  ExpectRefused(kPage + ":1", "no link to 01_01_2_pair.md, the page of task 2",
                "write `[...](01_01_2_pair.md)`");
  Replace("[The second task](01_01.md)", "[The second task](01_01_2_pair.md)");
  course_.Replace(kOwn, "[01_01](01_01.md)", "01_01");
  ExpectRefused(kOwn + ":1", "no link to 01_01.md, the exercise's page",
                "write `[...](01_01.md)`");
}

TEST_F(TaskPageTest, MoreSectionsMayFollowUpTo1200Words) {
  const std::string own = course_.Read(kOwn);
  WriteOwn(own + "\n## Check yourself\n\nWhy?\n");
  ExpectRefused(
      kOwn + ":" + std::to_string(std::count(own.begin(), own.end(), '\n') + 2),
      "no <details>", "<summary>");
  std::string words;
  for (int i = 0; i < 500; ++i) words += "word ";
  WriteOwn(own + "\n## In Go\n\n" + words + "\n");
  EXPECT_TRUE(CheckPage(course_.root(), course_.exercise()).Passed());
  WriteOwn(own + "\n## In Go\n\n" + words + words + "\n");
  ExpectRefused(kOwn + ":1", "words in the page of a task, and may have 300 to",
                "say less");
}

TEST_F(TaskPageTest, ItsLinksTimesAndCodeAreCheckedAsWell) {
  const std::string own = course_.Read(kOwn);
  WriteOwn(own + "\nSee [this](no.md).\n");
  ExpectRefused(kOwn + ":", "links to no.md", "correct the path");
  WriteOwn(own + "\nIt takes 23 ns.\n");
  ExpectRefused(kOwn + ":", "a time that was typed", "include it");
  WriteOwn(own + "\n```cpp\nint a;\n```\n");
  ExpectRefused(kOwn + ":", "C++ that no test runs", "fills it");
}

TEST_F(TaskPageTest, RefusesASecondPageAndAPageOfNoTask) {
  const std::string second = "chapters/01_counters/01_01_2_zebra.md";
  course_.Write(second, course_.Read(kOwn));
  ExpectRefused(second, "a second page of task 2, beside " + kOwn, "one page");
  course_.Remove(second);
  course_.Write("chapters/01_counters/01_01_3_more.md", "# More\n");
  ExpectRefused("chapters/01_counters/01_01_3_more.md",
                "the page of task 3, and 01_01 has 2 tasks", "rename it");
}

TEST_F(PageCheckTest, RefusesADeadLink) {
  Replace("README.md#task-1-a-counter", "REDME.md");
  ExpectRefused(At("REDME.md"),
                "links to ../../exercises/01_01/REDME.md, which is not there",
                "correct the path");
}

TEST_F(PageCheckTest, RefusesALinkToAHeadingThatIsNotThere) {
  Replace("(#1-a-counter)", "(#1-counter)");
  ExpectRefused(At("(#1-counter)"), "links to #1-counter", "small letters");
  Restore();
  Replace("#task-1-a-counter", "#task-1");
  ExpectRefused(At("#task-1"), "exercises/01_01/README.md has no such heading",
                "small letters");
}

TEST_F(PageCheckTest, RefusesADeadLinkOfTheReadme) {
  course_.Replace("exercises/01_01/README.md", "Write `SumOfTwo`.",
                  "Read [this](no.md).");
  ExpectRefused("exercises/01_01/README.md:11", "links to no.md", "path");
}

TEST_F(PageCheckTest, RefusesCodeThatDiffersFromItsSource) {
  Replace("counter.Next();\n", "counter.Last();\n");
  ExpectRefused(At("counter.Last()"), "differs from what",
                "bazel run //tools/authoring:pages -- 01_01");
}

TEST_F(PageCheckTest, ACoursePageIsHeldToItsLinksAndSources) {
  EXPECT_TRUE(CheckCoursePages(course_.root(), {course_.exercise()}).Passed())
      << "none is there";
  course_.Write("chapters/tools/a.txt", "$ ls\n");
  const std::string page =
      "# Tools\n\n<!-- output: chapters/tools/a.txt -->\n```text\n";
  course_.Write("chapters/tools.md", page + "$ ls\n```\n");
  EXPECT_TRUE(CheckCoursePages(course_.root(), {course_.exercise()}).Passed());
  course_.Write("chapters/tools.md", page + "$ cat\n```\n[a](no.md)\n");
  const Check check = CheckCoursePages(course_.root(), {course_.exercise()});
  ASSERT_EQ(check.problems.size(), 2U);
  EXPECT_TRUE(check.problems[0].Text().starts_with(
      "chapters/tools.md:7: links to no.md"))
      << check.problems[0].Text();
  EXPECT_NE(check.problems[1].Text().find(
                "bazel run //tools/authoring:pages -- chapters/tools.md"),
            std::string::npos)
      << check.problems[1].Text();
}

TEST_F(PageCheckTest, RefusesAPageOfAnExerciseThatIsNotThere) {
  course_.Write("chapters/01_counters/01_09_costs.md", "# Costs\n");
  const Check check = CheckCoursePages(course_.root(), {course_.exercise()});
  ASSERT_EQ(check.problems.size(), 1U);
  EXPECT_TRUE(check.problems[0].Text().starts_with(
      "chapters/01_counters/01_09_costs.md: is a page of 01_09, which is no "
      "exercise"))
      << check.problems[0].Text();
}

TEST_F(PageCheckTest, RefusesATopicThatLeadsToNoPlace) {
  const std::string head = "# Topics\n\n| topic | where |\n|---|---|\n";
  const std::string page = "01_counters/01_01.md";
  course_.Write("chapters/topics.md",
                head + "| keys | [01_01](" + page + "#key-points) |\n");
  EXPECT_TRUE(CheckCoursePages(course_.root(), {course_.exercise()}).Passed());
  course_.Write("chapters/topics.md",
                head + "| all | [01_01](" + page + ") |\n");
  const Check check = CheckCoursePages(course_.root(), {course_.exercise()});
  ASSERT_EQ(check.problems.size(), 1U);
  EXPECT_TRUE(check.problems[0].Text().starts_with("chapters/topics.md:5: "))
      << check.problems[0].Text();
}

TEST_F(PageCheckTest, RefusesATimeThatWasTyped) {
  ExpectTime("a\n\nb\nIt takes 23 ns.\n", 4);
  ExpectTime("| a | 1.5 µs |\n", 1);
  ExpectTime("It takes 23 nanoseconds.\n", 1);
  ExpectTime("It takes 23 instructions, 25 minutes and 8 KiB.\n", 0);
  ExpectTime("<!-- figure: a.json#b/c#d -->23<!-- end --> ns\n", 0);
  ExpectTime("100 to 300 ns ([a measurement](https://x.org)).\n", 0);
  ExpectTime("```text\n23 ns\n```\n", 0);
  ExpectTime("<!-- table: a.md#b -->\n| a |\n| 1 ns |\n", 0);
}

}  // namespace
}  // namespace workbook
