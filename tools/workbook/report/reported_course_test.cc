// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/reported_course.h"

#include <filesystem>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

class ReportCollection : public testing::Test {
 protected:
  void Write(const std::string& path, const std::string& text) const {
    ASSERT_EQ(WriteTextFile(scratch_.path() / ".workbook" / path, text),
              std::nullopt);
  }

  ReportedCourse Collect(const std::vector<std::string>& ids = {}) const {
    Course course{.root = scratch_.path(), .exercises = {}};
    for (const char* id : {"09_02", "09_01"}) {
      Exercise exercise;
      exercise.id = id;
      exercise.title = std::string("Sample ") + id;
      exercise.folder = std::filesystem::path("exercises") / id;
      exercise.tasks.resize(2);
      exercise.tasks[0].number = 1;
      exercise.tasks[1].number = 2;
      exercise.tasks[1].title = "Second";
      exercise.tasks[1].level = Level::kDeep;
      course.exercises.push_back(std::move(exercise));
    }
    return CollectReport(
        Session(scratch_.path(), course, Terminal(false, false)), ids);
  }

  const ScratchFolder scratch_;
};

constexpr char kFigures[] =
    R"({"schema": 1, "exercise": "09_01", "cases": [{"case": "a/x"}]})";

TEST_F(ReportCollection, HasNothingAtFirst) {
  const ReportedCourse course = Collect();
  ASSERT_EQ(course.exercises.size(), 2u);
  EXPECT_EQ(course.exercises[0].id, "09_02") << "the order of the course";
  EXPECT_FALSE(course.exercises[0].IsBegun());
  EXPECT_TRUE(course.damaged.empty());
  EXPECT_TRUE(course.gone.empty());
}

TEST_F(ReportCollection, JoinsProgressGainsAndFigures) {
  Write("progress",
        "memory-workbook progress 1\ntask 09_01 2 green 3 3\n"
        "task 09_01 1 red 1 3\n");
  Write("recorded/09_01.json",
        R"({"schema": 1, "recorded": {"Task2A.B#before_copies": "9",
            "Task2A.B#after_copies": "1"}})");
  Write("figures/09_01/a.json", kFigures);
  const ReportedExercise exercise = Collect({"09_01"}).exercises.at(0);
  EXPECT_EQ(exercise.core.green, 0);
  EXPECT_EQ(exercise.deep.green, 1);
  EXPECT_EQ(exercise.deep.tasks, 1);
  ASSERT_EQ(exercise.gains.size(), 1u);
  EXPECT_EQ(exercise.gains[0].title, "Second");
  EXPECT_EQ(exercise.gains[0].gains, (std::vector<Gain>{{"copies", 9, 1}}));
  EXPECT_EQ(exercise.figures.cases.size(), 1u);
  EXPECT_TRUE(exercise.IsBegun());
}

TEST_F(ReportCollection, TakesOnlyTheExercisesThatAreAskedFor) {
  const ReportedCourse course = Collect({"09_01"});
  ASSERT_EQ(course.exercises.size(), 1u);
  EXPECT_EQ(course.exercises[0].id, "09_01");
}

TEST_F(ReportCollection, NamesDamagedFilesAndFoldersOfExercisesThatAreGone) {
  Write("figures/09_01/half.json", R"({"schema": 1, "exerc)");
  Write("figures/09_01/other.json", R"({"schema": "one", "exercise": 5})");
  Write("figures/07_07/a.json", kFigures);
  const ReportedCourse course = Collect();
  ASSERT_EQ(course.damaged.size(), 2u);
  EXPECT_TRUE(course.damaged[0].ends_with("09_01/half.json"));
  ASSERT_EQ(course.gone.size(), 1u);
  EXPECT_TRUE(course.gone[0].ends_with("figures/07_07"));
}

}  // namespace
}  // namespace workbook::cli
