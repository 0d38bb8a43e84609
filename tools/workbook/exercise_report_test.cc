// SPDX-License-Identifier: Apache-2.0

// Over what a real Bazel left for testdata/course: see testdata/record.sh.
#include "tools/workbook/exercise_report.h"

#include <regex>

#include "gtest/gtest.h"
#include "tools/course/course.h"
#include "tools/problem/exit_code.h"
#include "tools/text/text_file.h"
#include "tools/workbook/report_view.h"
#include "tools/workbook/tested_view.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

const fs::path& TestData() {
  static const fs::path kFolder =
      fs::absolute("tools/workbook/testdata").lexically_normal();
  return kFolder;
}

const Course& SampleCourse() {
  static const Course kCourse = LoadCourse(TestData() / "course").course;
  return kCourse;
}

BuildEvents Recorded(const std::string& id) {
  const auto text =
      ReadTextFile(TestData() / "recorded" / id / "events.json").value();
  return ParseBuildEvents(std::regex_replace(
      text, std::regex("@RECORDED@"), (TestData() / "recorded").string()));
}

ExerciseReport ReportOf(const std::string& id) {
  return MakeReport(SampleCourse().root, *SampleCourse().Find(id),
                    Recorded(id));
}

class SampleReport : public testing::Test {
 protected:
  const TaskReport& TaskNumber(size_t number) const {
    return report_.tasks.at(number - 1);
  }
  ExerciseReport report_ = ReportOf("09_01");
};

TEST_F(SampleReport, CallsAPassedTaskGreen) {
  EXPECT_EQ(TaskNumber(1).state, TaskState::kGreen);
  EXPECT_EQ(TaskNumber(1).passed, 2);
  EXPECT_EQ(TaskNumber(1).total, 2);
}

TEST_F(SampleReport, HasWhatPassedTestsRecorded) {
  EXPECT_EQ(ReportOf("09_02").tasks.at(0).recorded,
            (RecordedProperties{{"Task1Green.IsTheAnswer#points", "42"}}));
  EXPECT_TRUE(TaskNumber(1).recorded.empty());
}

TEST_F(SampleReport, TellsTheFirstFailureOfARedTask) {
  const TaskReport& task = TaskNumber(2);
  EXPECT_EQ(task.state, TaskState::kRed);
  EXPECT_EQ(task.passed, 1);
  EXPECT_EQ(task.total, 4);
  EXPECT_EQ(task.test, "Task2Red.WastesNoByte");
  EXPECT_EQ(task.sentence,
            "expected 8, but Bytes(8) is 9: a block wastes no byte beyond "
            "alignment");
  EXPECT_EQ(Place(task), "exercises/09_01/red_test.cc:11");
}

TEST_F(SampleReport, PointsAtTheTodoOfATaskToWrite) {
  const TaskReport& task = TaskNumber(3);
  EXPECT_EQ(task.state, TaskState::kToWrite);
  EXPECT_EQ(task.sentence, "Unwritten is yours to write");
  EXPECT_EQ(Place(task), "exercises/09_01/unwritten.h:8");
}

TEST_F(SampleReport, GivesEachBrokenTaskItsOwnError) {
  EXPECT_EQ(TaskNumber(4).state, TaskState::kDoesNotBuild);
  EXPECT_EQ(TaskNumber(4).sentence,
            "'missing_name' was not declared in this scope");
  EXPECT_EQ(Place(TaskNumber(4)), "exercises/09_01/broken.h:8");
  EXPECT_EQ(TaskNumber(10).state, TaskState::kDoesNotBuild);
  EXPECT_EQ(TaskNumber(10).sentence,
            "workbook::Linked() is declared, but nowhere defined");
  EXPECT_EQ(TaskNumber(11).state, TaskState::kDoesNotBuild);
  EXPECT_EQ(Place(TaskNumber(11)), "exercises/09_01/source_broken.cc:5");
}

TEST_F(SampleReport, KnowsThatATaskWaitsForAnother) {
  EXPECT_EQ(TaskNumber(5).state, TaskState::kWaits);
  EXPECT_EQ(TaskNumber(5).waits_for, 4);
  EXPECT_EQ(TaskNumber(12).state, TaskState::kWaits) << "by a library";
  EXPECT_EQ(TaskNumber(12).waits_for, 11);
}

TEST_F(SampleReport, NamesTheSignalAndTheTestOfACrash) {
  const TaskReport& task = TaskNumber(6);
  EXPECT_EQ(task.state, TaskState::kCrashed);
  EXPECT_EQ(task.test, "Task6Crashing.WritesThroughNull");
  EXPECT_NE(task.sentence.find("SIGSEGV"), std::string::npos) << task.sentence;
  EXPECT_EQ(task.passed, 1);
  EXPECT_EQ(task.total, 3);
}

TEST_F(SampleReport, NamesTheTestThatDidNotEnd) {
  const TaskReport& task = TaskNumber(7);
  EXPECT_EQ(task.state, TaskState::kTimedOut);
  EXPECT_EQ(task.test, "Task7Endless.WaitsForNobody");
  EXPECT_NE(task.sentence.find("after 5 s"), std::string::npos)
      << task.sentence;
}

TEST_F(SampleReport, BelievesNoExitCode) {
  EXPECT_EQ(Recorded("09_01")
                .targets.at("//exercises/09_01:silent_test")
                .test->status,
            "PASSED")
      << "Bazel believes it: that is what makes this test worth having";
  EXPECT_EQ(TaskNumber(8).state, TaskState::kSilent);
  EXPECT_NE(TaskNumber(8).sentence.find("exit code 0"), std::string::npos);
  EXPECT_EQ(TaskNumber(8).passed, 0);
  EXPECT_EQ(TaskNumber(8).total, 1);
  EXPECT_EQ(TaskNumber(9).state, TaskState::kSilent);
  EXPECT_NE(
      TaskNumber(9).sentence.find("exit code 3 while Task9Quitting.Leaves"),
      std::string::npos)
      << TaskNumber(9).sentence;
}

TEST_F(SampleReport, AdvisesTheFirstTaskThatCanBeWorkedOn) {
  EXPECT_EQ(report_.GreenTasks(), 1);
  ASSERT_NE(report_.NextTask(), nullptr);
  EXPECT_EQ(report_.NextTask()->number, 2);
  EXPECT_EQ(ExitCodeOf(report_), kExitDoesNotBuild);
}

TaskReport OfLevel(int number, Level level, TaskState state) {
  TaskReport task;
  task.number = number;
  task.level = level;
  task.state = state;
  return task;
}

TEST(ExerciseReport, LeadsThroughTheCoreTasksFirst) {
  ExerciseReport report;
  report.tasks = {OfLevel(1, Level::kDeep, TaskState::kRed),
                  OfLevel(2, Level::kCore, TaskState::kGreen),
                  OfLevel(3, Level::kCore, TaskState::kRed)};
  EXPECT_EQ(report.NextTask()->number, 3);
  EXPECT_FALSE(report.Solved());
  report.tasks[2].state = TaskState::kGreen;
  EXPECT_TRUE(report.Solved());
  EXPECT_FALSE(report.Mastered());
  EXPECT_EQ(report.NextTask()->number, 1);
  report.tasks[0].state = TaskState::kGreen;
  EXPECT_TRUE(report.Mastered());
  EXPECT_EQ(report.NextTask(), nullptr);
}

TEST(ExerciseReport, ACoreTaskThatWaitsLeadsToTheTaskItWaitsFor) {
  ExerciseReport report;
  report.tasks = {OfLevel(1, Level::kDeep, TaskState::kRed),
                  OfLevel(2, Level::kDeep, TaskState::kDoesNotBuild),
                  OfLevel(3, Level::kCore, TaskState::kWaits)};
  report.tasks[2].waits_for = 2;
  EXPECT_EQ(report.NextTask()->number, 2);
}

TEST(ExerciseReport, StaysWithTheTaskTheLearnerIsAt) {
  ExerciseReport report;
  report.tasks = {OfLevel(1, Level::kCore, TaskState::kRed),
                  OfLevel(2, Level::kDeep, TaskState::kRed)};
  report.at = 2;
  EXPECT_EQ(report.NextTask()->number, 2);
  report.tasks[1].state = TaskState::kGreen;
  EXPECT_EQ(report.NextTask()->number, 1);
}

TEST(ExerciseReport, ARedTaskLeadsToTheRedTaskThatItUses) {
  ExerciseReport report;
  report.tasks = {OfLevel(1, Level::kCore, TaskState::kGreen),
                  OfLevel(2, Level::kCore, TaskState::kRed),
                  OfLevel(3, Level::kCore, TaskState::kRed)};
  report.tasks[2].cause = 2;
  report.at = 3;
  EXPECT_EQ(report.NextTask()->number, 2);
  report.tasks[1].state = TaskState::kGreen;
  EXPECT_EQ(report.NextTask()->number, 3);
}

TEST(ExitCodeOf, IsZeroWhereWhatWasAskedForIsGreen) {
  ExerciseReport report;
  report.tasks = {OfLevel(1, Level::kCore, TaskState::kGreen),
                  OfLevel(2, Level::kDeep, TaskState::kRed),
                  OfLevel(3, Level::kDeep, TaskState::kDoesNotBuild)};
  EXPECT_EQ(ExitCodeOf(report), kExitOk) << "the core is what is asked for";
  EXPECT_EQ(ExitCodeOf(report, {.only = 2}), kExitRed);
  EXPECT_EQ(ExitCodeOf(report, {.all = true}), kExitDoesNotBuild);
  report.tasks[0].state = TaskState::kLater;
  EXPECT_EQ(ExitCodeOf(report), kExitRed);
  report.tasks[2].state = TaskState::kNotTried;
  EXPECT_EQ(ExitCodeOf(report), kExitEnvironment);
}

TEST(ShowTested, TellsWhatRanFromWhatIsRemembered) {
  BuildEvents events = Recorded("09_01");
  events.targets.at("//exercises/09_01:green_test").test->cached = true;
  events.targets.at("//exercises/09_01:red_test").test->cached = true;
  const Exercise& exercise = *SampleCourse().Find("09_01");
  EXPECT_EQ(
      ShowTested(MakeReport(SampleCourse().root, exercise, events, {1, 2, 3})),
      "Tested now: task 3. Not run again, because the same code was tested "
      "before: tasks 1, 2.\n");
  EXPECT_EQ(
      ShowTested(MakeReport(SampleCourse().root, exercise, events, {1, 2})),
      "No test had to run, because the same code was tested before: tasks 1, "
      "2.\n");
  EXPECT_EQ(ShowTested(MakeReport(SampleCourse().root, exercise,
                                  Recorded("09_01"), {1, 3})),
            "Tested now: tasks 1, 3.\n");
}

TEST(MakeReport, IsGreenWhenAllIs) {
  const ExerciseReport report = ReportOf("09_02");
  EXPECT_EQ(report.GreenTasks(), 1);
  EXPECT_EQ(report.NextTask(), nullptr);
  EXPECT_EQ(ExitCodeOf(report), kExitOk);
}

TEST(MakeReport, IsNotGreenWhenADeclaredTestIsNotReported) {
  // The report of 09_02's green_test against a source that declares more.
  BuildEvents events = Recorded("09_02");
  events.targets["//exercises/09_01:red_test"] =
      events.targets.at("//exercises/09_02:green_test");
  const ExerciseReport report =
      MakeReport(SampleCourse().root, *SampleCourse().Find("09_01"), events);
  const TaskReport& task = report.tasks.at(1);
  EXPECT_EQ(task.state, TaskState::kSilent);
  EXPECT_NE(task.sentence.find("did not report 4 of its 6 tests"),
            std::string::npos)
      << task.sentence;
}

TEST(MakeReport, CallsATaskWithoutEventsNotTried) {
  const ExerciseReport report = MakeReport(
      SampleCourse().root, *SampleCourse().Find("09_02"), BuildEvents{});
  EXPECT_EQ(report.tasks.at(0).state, TaskState::kNotTried);
  EXPECT_EQ(ExitCodeOf(report), kExitEnvironment);
}

}  // namespace
}  // namespace workbook::cli
