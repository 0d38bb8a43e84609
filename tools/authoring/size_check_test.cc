// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/size_check.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/authoring/sample_course.h"

namespace workbook {
namespace {

const std::string kManifest = "exercises/01_01/exercise.toml";

class SizeCheckTest : public testing::Test {
 protected:
  Check Sizes() { return CheckSizes(course_.root(), course_.exercise()); }
  Check Table() {
    return CheckTableOfMinutes(course_.root(), course_.exercise());
  }

  SampleCourse course_;
};

// A core task of 10 minutes and a deep one of 10.
Exercise TwoTasks() {
  Exercise exercise;
  exercise.id = "01_01";
  exercise.manifest = kManifest;
  exercise.tasks.resize(2);
  for (int i = 0; i < 2; ++i) {
    Task& task = exercise.tasks[static_cast<std::size_t>(i)];
    task.number = i + 1;
    task.minutes = 10;
    task.line = 7 + 6 * i;
    task.level = i == 0 ? Level::kCore : Level::kDeep;
  }
  return exercise;
}

TEST_F(SizeCheckTest, TheSampleFitsAndItsSizesAreNoted) {
  const Check check = Sizes();
  EXPECT_TRUE(check.Passed());
  EXPECT_EQ(
      check.notes,
      (std::vector<std::string>{
          "01_01 task 1: core, 2 lines to write in 5 minutes, 0.4 a minute",
          "01_01 task 2: deep, 6 lines to write in 5 minutes, 1.2 a minute"}));
}

TEST_F(SizeCheckTest, RefusesALargeReferenceInFewMinutes) {
  course_.Replace(kManifest, "level = \"deep\"\nminutes = 5",
                  "level = \"deep\"\nminutes = 2");
  const Check check = Sizes();
  ASSERT_EQ(check.problems.size(), 1U);
  EXPECT_EQ(check.problems[0].Text(),
            "exercises/01_01/exercise.toml:14: tasks[2].minutes is 2, for 6 "
            "lines to write: more than 2 a minute, which is all that a deep "
            "task may ask. Fix: raise minutes to 3, give more of the task, or "
            "split a second idea off as a deep task.");
}

TEST(JudgeSizes, ACoreTaskMayAskForThreeLinesInTwoMinutes) {
  EXPECT_TRUE(JudgeSizes(TwoTasks(), {{1, 15}}).Passed());
  const Check check = JudgeSizes(TwoTasks(), {{1, 16}});
  ASSERT_EQ(check.problems.size(), 1U);
  EXPECT_TRUE(check.problems[0].where.ends_with(":7"));
  EXPECT_TRUE(check.problems[0].what.starts_with("tasks[1].minutes "));
  EXPECT_NE(check.problems[0].next.find("raise minutes to 11,"),
            std::string::npos)
      << check.problems[0].Text();
}

TEST(JudgeSizes, ADeepTaskMayAskForTwoLinesAMinute) {
  EXPECT_TRUE(JudgeSizes(TwoTasks(), {{2, 20}}).Passed());
  EXPECT_EQ(JudgeSizes(TwoTasks(), {{2, 21}}).problems.size(), 1U);
}

TEST(JudgeSizes, EachTaskThatDoesNotFitIsTold) {
  EXPECT_EQ(JudgeSizes(TwoTasks(), {{1, 16}, {2, 21}}).problems.size(), 2U);
}

TEST_F(SizeCheckTest, TheTableOfTheReadmeHasTheMinutesOfTheManifest) {
  EXPECT_TRUE(Table().Passed()) << "there is no table";
  const std::string head = "# Sample\n\n| [01_01](x) | [Counting](y) | ";
  course_.Write("README.md", head + "5 | 5 | 2 |\n");
  EXPECT_TRUE(Table().Passed());
  course_.Write("README.md", head + "5 | 6 | 2 |\n");
  const Check check = Table();
  ASSERT_EQ(check.problems.size(), 1U);
  EXPECT_EQ(check.problems[0].Text(),
            "README.md:3: has other minutes of 01_01 than its manifest. Fix: "
            "write `| 5 | 5 |`: core minutes, then deep ones.");
}

}  // namespace
}  // namespace workbook
