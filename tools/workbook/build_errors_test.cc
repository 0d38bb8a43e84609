// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/build_errors.h"

#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

// Task 2 does not build, with this message; the others are red.
ExerciseReport Broken(const std::string& message, int line = 8) {
  ExerciseReport report{.id = "09_01", .tasks = {}};
  for (int number = 1; number <= 3; ++number) {
    TaskReport task{.number = number, .title = "a task"};
    task.state = TaskState::kRed;
    report.tasks.push_back(task);
  }
  report.tasks[1].state = TaskState::kDoesNotBuild;
  report.tasks[1].sentence = message;
  report.tasks[1].file = "exercises/09_01/pool.h";
  report.tasks[1].line = line;
  return report;
}

class BuildErrorsTest : public testing::Test {
 protected:
  void Keep(const ExerciseReport& report) {
    const auto problem = KeepBuildErrors(folder_.path(), report);
    EXPECT_FALSE(problem) << problem->what;
  }
  BuildErrors Load() const { return LoadBuildErrors(folder_.path(), "09_01"); }

  const ScratchFolder folder_;
};

TEST_F(BuildErrorsTest, AreThoseOfTheLastCheck) {
  EXPECT_TRUE(Load().empty());
  Keep(Broken("'a' was not declared"));
  ASSERT_EQ(Load().size(), 1u);
  EXPECT_EQ(Load().at(2), (BuildError{"exercises/09_01/pool.h:8",
                                      "'a' was not declared", false}));
  ExerciseReport fixed = Broken("");
  fixed.tasks[1].state = TaskState::kRed;
  Keep(fixed);
  EXPECT_TRUE(Load().empty());
}

TEST_F(BuildErrorsTest, ATaskThatWasNotTriedKeepsItsError) {
  Keep(Broken("'a' was not declared"));
  ExerciseReport later = Broken("");
  later.tasks[1].state = TaskState::kNotTried;
  Keep(later);
  EXPECT_EQ(Load().size(), 1u);
}

TEST_F(BuildErrorsTest, OneThatWasToldStaysToldUntilItIsAnother) {
  Keep(Broken("'a' was not declared"));
  EXPECT_FALSE(MarkBuildErrorTold(folder_.path(), "09_01", 2));
  EXPECT_TRUE(Load().at(2).told);
  Keep(Broken("'a' was not declared", 9));
  EXPECT_TRUE(Load().at(2).told);
  Keep(Broken("'b' was not declared", 9));
  EXPECT_FALSE(Load().at(2).told);
}

TEST_F(BuildErrorsTest, ADamagedFileIsNone) {
  Keep(Broken("'a' was not declared"));
  for (const char* text : {"", "{", R"({"schema":2})", R"({"schema":1})",
                           R"({"schema":1,"errors":[{"task":1}]})"}) {
    std::ofstream(folder_.path() / "build_errors/09_01.json") << text;
    EXPECT_TRUE(Load().empty()) << text;
  }
}

TEST(MeaningOfBuildError, KnowsWhatLearnersMeet) {
  const auto of = [](const std::string& message,
                     const std::string& place = "exercises/09_01/pool.h:8") {
    return MeaningOfBuildError({place, message});
  };
  EXPECT_NE(of("'Sum' was not declared in this scope").find("misspelt"),
            std::string::npos);
  EXPECT_NE(of("expected ';' before 'int'").find("not closed"),
            std::string::npos);
  EXPECT_NE(of("'nth' is not a member of 'std'").find("not included"),
            std::string::npos);
  EXPECT_NE(of("workbook::F(int) is declared, but nowhere defined", "")
                .find("no .cc file has it"),
            std::string::npos);
  EXPECT_NE(of("no member named 'Push'", "exercises/09_01/pool_test.cc:3")
                .find("bring back the name"),
            std::string::npos);
  EXPECT_NE(of("something new").find("until it compiles again"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
