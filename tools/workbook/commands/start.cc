// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "tools/workbook/checking.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/last_edited.h"
#include "tools/workbook/next_step.h"
#include "tools/workbook/prediction_state.h"
#include "tools/workbook/report_view.h"

namespace workbook::cli {
namespace {

// Four lines: the course, what to do, the first task, the freedom.
void Welcome(const Terminal& terminal, const Exercise& exercise) {
  const Task& first = exercise.tasks.front();
  fmt::print(
      "{}\n{}",
      terminal.Fit(terminal.Paint(
          Colour::kBold,
          "Welcome to the Memory Workbook: make C++ programs use less "
          "memory.")),
      terminal.Fit(fmt::format(
          "You edit files under exercises/ until ./workbook check turns their "
          "tests green.\n"
          "The first task takes about {} minutes: {} task {}, {}.\n"
          "You can take any exercise at any time: ./workbook list shows "
          "all.\n\n",
          first.minutes, exercise.id, first.number, first.title)));
}

void Greet(const Session& session, const Exercise& exercise) {
  const Terminal& terminal = session.terminal();
  if (session.progress().current.empty()) Welcome(terminal, exercise);
  size_t solved = 0;
  for (const Exercise& each : session.course().exercises) {
    if (session.IsSolved(each.id)) ++solved;
  }
  fmt::print("{}", terminal.Fit(fmt::format(
                       "{} of {} exercises solved. You are at {} {} (about {} "
                       "min, the deep tasks {} more).\n\n",
                       solved, session.course().exercises.size(), exercise.id,
                       exercise.title, exercise.CoreMinutes(),
                       exercise.DeepMinutes())));
}

// Whether a task of it was tested once.
bool IsBegun(const Session& session, const Exercise& exercise) {
  const auto& known = session.progress().tasks;
  return std::any_of(exercise.tasks.begin(), exercise.tasks.end(),
                     [&](const Task& task) {
                       return known.contains({exercise.id, task.number});
                     });
}

// Builds nothing: a learner reads first, and waits when he has written
// something.
int ShowWhereToBegin(Session& session, const Exercise& exercise) {
  const ExerciseReport report = MakeReportBefore(session.root(), exercise);
  fmt::print("{}", session.terminal().Fit(
                       ShowNextStep(report, exercise, session.terminal())));
  session.Remember([&](Progress& progress) { progress.current = exercise.id; });
  session.MarkLook(std::filesystem::file_time_type::clock::now());
  return kExitOk;
}

int RunStart(Session& session, const std::vector<std::string>& which) {
  const ChosenTask chosen = ChooseTask(session, which, "start");
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  if (which.empty()) {
    fmt::print("{}", session.terminal().Fit(session.TellSwitch()));
  }
  Greet(session, exercise);
  const std::set<int> edited = EditedUntestedTasks(session, exercise);
  if (edited.empty() && !IsBegun(session, exercise)) {
    return ShowWhereToBegin(session, exercise);
  }
  std::fflush(stdout);
  const int at = LastEditedTask(session, exercise);
  CheckResult result =
      CheckExercise(session, exercise,
                    {.at = at,
                     .edited = edited,
                     .untouched = UntouchedDeepTasks(session, exercise)});
  if (result.problem) return Report(*result.problem);
  result.report.at = at;
  HideOpenCounts(session, exercise, result.report);
  fmt::print("{}", ShowCheck(result.report, exercise, result.bazel_errors,
                             session.terminal()));
  return kExitOk;
}

}  // namespace

void RegisterStart(CommandLine& line) {
  const auto which = std::make_shared<std::vector<std::string>>();
  line.Add("start", "Where you are, what is red, what to type (the default)",
           [which](Session& s) { return RunStart(s, *which); })
      .Option("which", *which, "[NN_MM]: go there", 1)
      .Examples({"start", "start 01_02"});
}

}  // namespace workbook::cli
