// SPDX-License-Identifier: Apache-2.0

#include "tools/course/way.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace workbook {
namespace {

using Ids = std::vector<std::string>;

void ExpectOneProblem(const std::string& text, int line,
                      const std::string& what) {
  const WayResult result = ParseWay(text);
  ASSERT_EQ(result.problems.size(), 1U) << text;
  const Problem& problem = result.problems[0];
  EXPECT_TRUE(
      problem.where.starts_with("exercises/way.toml:" + std::to_string(line)))
      << problem.Text();
  EXPECT_NE(problem.what.find(what), std::string::npos) << problem.Text();
  EXPECT_FALSE(problem.next.empty());
}

TEST(ParseWay, KeepsTheOrderOfTheFile) {
  const WayResult result =
      ParseWay("# c\nway = [\n  \"03_01\",\n  \"01_02\",  # c\n]\n");
  EXPECT_TRUE(result.problems.empty());
  EXPECT_EQ(result.ids, (Ids{"03_01", "01_02"}));
}

TEST(ParseWay, RefusesWhatIsNoWayWithItsLine) {
  ExpectOneProblem("\nway = [\n", 2, "is not TOML");
  ExpectOneProblem("# nothing\n", 1, "is missing");
  ExpectOneProblem("\nway = \"03_01\"\n", 2, "is not an array");
  ExpectOneProblem("way = []\nweg = 1\n", 2, "is not a field");
}

TEST(ParseWay, LeavesOutAStepThatIsWrongAndKeepsTheOthers) {
  ExpectOneProblem("way = [\n\"03_01\",\n\"3_1\",\n]\n", 3, "not an id");
  ExpectOneProblem("way = [\n\"03_01\",\n301,\n]\n", 3, "not a string");
  const std::string twice = "way = [\n\"03_01\",\n\"01_02\",\n\"03_01\"]\n";
  ExpectOneProblem(twice, 4, "names 03_01 a second time");
  EXPECT_EQ(ParseWay(twice).ids, (Ids{"03_01", "01_02"}));
}

TEST(SortByWay, PutsWhatIsNotNamedLastInItsOrder) {
  std::vector<Exercise> exercises(4);
  exercises[0].id = "01_01";
  exercises[1].id = "01_02";
  exercises[2].id = "02_01";
  exercises[3].id = "03_01";
  SortByWay({"03_01", "09_09", "01_02"}, exercises);
  Ids ids;
  for (const Exercise& exercise : exercises) ids.push_back(exercise.id);
  EXPECT_EQ(ids, (Ids{"03_01", "01_02", "01_01", "02_01"}));
}

}  // namespace
}  // namespace workbook
