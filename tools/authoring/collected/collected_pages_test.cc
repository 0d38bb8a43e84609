// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/collected/collected_pages.h"

#include <gtest/gtest.h>

#include "tools/authoring/sample_course.h"
#include "tools/course/course.h"

namespace workbook {
namespace {

class CollectedPagesTest : public testing::Test {
 protected:
  std::vector<Exercise> exercises() const {
    return LoadCourse(course_.root()).course.exercises;
  }

  std::string Collected(const std::string& file) const {
    for (const CollectedPage& page :
         CollectPages(course_.root(), exercises())) {
      if (page.file == file) return page.text;
    }
    return "(none)";
  }

  void WriteAll() {
    for (const CollectedPage& page :
         CollectPages(course_.root(), exercises())) {
      course_.Write(page.file.string(), page.text);
    }
  }

  SampleCourse course_;
};

TEST_F(CollectedPagesTest, TheGlossaryIsInTheOrderOfTheAlphabet) {
  course_.Write(course_.exercise().page.string(),
                "**Words** *run*: a · *Block*: b · *peak*: c.\n");
  const std::string text = Collected("chapters/glossary.md");
  EXPECT_LT(text.find("| Block | b |"), text.find("| peak | c |")) << text;
  EXPECT_LT(text.find("| peak | c |"), text.find("| run | a |")) << text;
  EXPECT_NE(text.find("[01_01]("), std::string::npos) << text;
}

TEST_F(CollectedPagesTest, AQuestionStandsBelowItsExercise) {
  course_.Write(course_.exercise().page.string(),
                "<details><summary>Interview: why?</summary>\n\nSo.\n"
                "</details>\n");
  const std::string text = Collected("chapters/interview.md");
  EXPECT_NE(text.find("\n## 01_01 "), std::string::npos) << text;
  EXPECT_NE(text.find("Interview: why?"), std::string::npos) << text;
}

TEST_F(CollectedPagesTest, StartKeepsItsWordsAroundTheWay) {
  EXPECT_EQ(Collected("chapters/start.md"), "(none)");
  course_.Write("chapters/start.md",
                "# Start\n\n<!-- way -->\nold\n<!-- end -->\n\nGo.\n");
  const std::string text = Collected("chapters/start.md");
  EXPECT_TRUE(text.starts_with("# Start\n\n<!-- way -->\n| exercise")) << text;
  EXPECT_TRUE(text.ends_with("|\n<!-- end -->\n\nGo.\n")) << text;
}

TEST_F(CollectedPagesTest, WhatDiffersIsRefusedWithTheCommandThatWritesIt) {
  WriteAll();
  EXPECT_TRUE(CheckCollectedPages(course_.root(), exercises()).Passed());
  course_.Write("chapters/costs.md", "typed by hand\n");
  const Check check = CheckCollectedPages(course_.root(), exercises());
  ASSERT_EQ(check.problems.size(), 1u);
  EXPECT_EQ(check.problems[0].where, "chapters/costs.md");
  EXPECT_NE(check.problems[0].next.find("collected:collect"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook
