// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/next_step.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

// What a learner is told whose only task has `files` and is in this state.
std::string NextStep(TaskState state, std::vector<std::string> files) {
  Exercise exercise;
  exercise.id = "01_02";
  exercise.folder = "exercises/01_02";
  Task task;
  task.files = std::move(files);
  exercise.tasks = {task};
  TaskReport report;
  report.number = 1;
  report.state = state;
  report.file = "exercises/01_02/pool_test.cc";
  report.line = 7;
  ExerciseReport all;
  all.id = "01_02";
  all.tasks = {report};
  return ShowNextStep(all, exercise, Terminal(false, false));
}

TEST(NextStep, ARedTestNamesEachFileThatMayBeWrong) {
  EXPECT_NE(NextStep(TaskState::kRed, {"pool.h", "pool.cc"})
                .find("then fix exercises/01_02/pool.h or pool.cc\n"),
            std::string::npos);
  EXPECT_NE(NextStep(TaskState::kTimedOut, {"a.h", "b.h", "b.cc"})
                .find("wait in exercises/01_02/a.h, b.h or b.cc\n"),
            std::string::npos);
}

// Core tasks are green, and the deep task 2 is `state`.
std::string AfterCore(TaskState state) {
  Exercise exercise;
  exercise.id = "01_02";
  exercise.folder = "exercises/01_02";
  exercise.page = "chapters/01_memory/01_02.md";
  Task task;
  task.files = {"pool.h"};
  exercise.tasks = {task, task};
  ExerciseReport all;
  all.id = "01_02";
  all.tasks = {{.number = 1, .title = "A", .state = TaskState::kGreen},
               {.number = 2,
                .title = "B",
                .level = Level::kDeep,
                .state = state,
                .page = "chapters/01_memory/01_02_2_pool.md",
                .page_line = 40}};
  return ShowNextStep(all, exercise, Terminal(false, false));
}

TEST(NextStep, ADeepTaskIsOfferedWithAllThatACoreTaskHas) {
  EXPECT_NE(AfterCore(TaskState::kLater)
                .find("  read   chapters/01_memory/01_02_2_pool.md:40 "
                      "(section 2)\n"
                      "  stuck  ./workbook hint 01_02 2\n"
                      "  then   ./workbook check 01_02\n"),
            std::string::npos)
      << AfterCore(TaskState::kLater);
}

TEST(NextStep, OfALongContractItSaysWhatMatters) {
  Exercise exercise;
  exercise.id = "01_02";
  Task task;
  exercise.tasks = {task};
  TaskReport report{.number = 1, .title = "A", .state = TaskState::kRed};
  report.test = "Task1Pool.IsAligned";
  report.sentence = "expected 0, but block % alignment is 4";
  for (int i = 0; i < 30; ++i) report.contract += "One more of many words. ";
  report.contract += "A block is aligned to alignment bytes.";
  report.contract_place = "pool.h:7";
  ExerciseReport all;
  all.tasks = {report};
  EXPECT_NE(ShowNextStep(all, exercise, Terminal(false, false))
                .find("  header ... A block is aligned to alignment bytes. "
                      "(all of it: pool.h:7)\n"),
            std::string::npos);
}

TEST(NextStep, OneFileStandsAlone) {
  EXPECT_NE(NextStep(TaskState::kRed, {"pool.h"})
                .find("then fix exercises/01_02/pool.h\n"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
