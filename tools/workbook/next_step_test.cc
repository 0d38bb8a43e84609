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

TEST(NextStep, OneFileStandsAlone) {
  EXPECT_NE(NextStep(TaskState::kRed, {"pool.h"})
                .find("then fix exercises/01_02/pool.h\n"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
