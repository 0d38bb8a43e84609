// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/hints/hint_check.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/authoring/sample_course.h"

namespace workbook {
namespace {

const std::string kHints = "exercises/01_01/hints.md";
const std::string kOldForm =
    "## Task 1: a\n### Hint 1\na\n### Hint 2\nb\n### Hint 3\nc\n"
    "## Task 2: b\n### Hint 1\na\n### Hint 2\nb\n### Hint 3\nc\n";

class HintCheckTest : public testing::Test {
 protected:
  void ExpectRefused(int line, const std::string& what,
                     const std::string& fix) {
    const Check check = CheckHints(course_.root(), course_.exercise());
    ASSERT_EQ(check.problems.size(), 1U);
    const std::string told = check.problems[0].Text();
    EXPECT_TRUE(told.starts_with(kHints + ":" + std::to_string(line) + ": "))
        << told;
    EXPECT_NE(told.find(what), std::string::npos) << told;
    EXPECT_NE(told.find(fix), std::string::npos) << told;
  }

  SampleCourse course_;
};

TEST_F(HintCheckTest, TheSamplePasses) {
  const Check check = CheckHints(course_.root(), course_.exercise());
  for (const Problem& problem : check.problems) {
    ADD_FAILURE() << problem.Text();
  }
}

TEST_F(HintCheckTest, RefusesANameThatNoTestHas) {
  course_.Replace(kHints, "CountsUp", "CountUp");
  ExpectRefused(3, "names CountUp, which no test of task 1 has",
                "did you mean CountsUp?");
}

TEST_F(HintCheckTest, RefusesATestOfAnotherTask) {
  course_.Replace(kHints, "CountsUp", "AddsTheNextTwo");
  ExpectRefused(3, "no test of task 1", "exercises/01_01/counter_test.cc");
}

TEST_F(HintCheckTest, TakesATestItsSuiteAndBoth) {
  for (const char* name :
       {"CountsUp", "Task1Counter", "Task1Counter.StartsAtOne"}) {
    SampleCourse course;
    course.Replace(kHints, "CountsUp", name);
    EXPECT_TRUE(CheckHints(course.root(), course.exercise()).Passed()) << name;
  }
}

TEST_F(HintCheckTest, RefusesTooFewBlocks) {
  std::string lines;
  for (int i = 0; i < 40; ++i)
    lines += "    last_ += " + std::to_string(i) + ";\n";
  course_.Replace("solutions/01_01/counter.h", "return ++last_;",
                  "\n" + lines + "    return ++last_;\n  ");
  ExpectRefused(3, "1 block of hints for the 44 lines to write in task 1",
                "## Task 1 · TestName");
}

TEST_F(HintCheckTest, RefusesCodeWithoutPlace) {
  course_.Replace(kHints, "// in Counter::Next", "// in Counter::Nxet");
  ExpectRefused(8, "speaks of Counter::Nxet", "did you mean Counter::Next?");
}

TEST_F(HintCheckTest, RefusesTheFormFromBeforeSubGoals) {
  course_.Write(kHints, kOldForm);
  ExpectRefused(1, "one block of hints a task", "## Task 1 · TestName");
}

}  // namespace
}  // namespace workbook
