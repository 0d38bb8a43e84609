// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/course/components.h"
#include "tools/workbook/cases.h"
#include "tools/workbook/checking.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/last_edited.h"
#include "tools/workbook/found_races.h"
#include "tools/workbook/json_view.h"
#include "tools/workbook/prediction_state.h"
#include "tools/workbook/report_view.h"

namespace workbook::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> which;  // [NN_MM] [task]
  bool all = false;                // every task, also those not begun
  bool json = false;
  bool tsan = false;  // look for data races
};

Problem NoThreads(const Exercise& exercise, int task,
                  const std::set<int>& threaded) {
  return {.what = task == 0
                      ? fmt::format("no test of {} starts threads", exercise.id)
                      : fmt::format("the test of {} task {} starts no "
                                    "threads",
                                    exercise.id, task),
          .where = (exercise.folder / "components.bzl").string(),
          .next = threaded.empty()
                      ? fmt::format("Without --tsan: ./workbook check {}",
                                    exercise.id)
                      : fmt::format("Tasks with threads: {}. ./workbook check "
                                    "{} {} --tsan",
                                    fmt::join(threaded, ", "), exercise.id,
                                    *threaded.begin()),
          .exit_code = kExitUsage};
}

// Of the task `task` alone, or of the tasks with threads that were begun.
int LookForRaces(const Session& session, const Exercise& exercise, int task) {
  const std::set<std::string> components =
      ComponentsWithThreads(session.root(), exercise);
  std::set<int> threaded;
  std::set<int> begun;
  for (const Task& each : exercise.tasks) {
    if (!components.contains(each.Stem())) continue;
    threaded.insert(each.number);
    if (session.progress().tasks.contains({exercise.id, each.number})) {
      begun.insert(each.number);
    }
  }
  if (threaded.empty() || (task != 0 && !threaded.contains(task))) {
    return Report(NoThreads(exercise, task, threaded));
  }
  const std::set<int> tasks = task != 0       ? std::set<int>{task}
                              : begun.empty() ? threaded
                                              : begun;
  const CheckResult result = CheckForRaces(session, exercise, tasks);
  if (result.problem) return Report(*result.problem);
  if (const auto problem =
          KeepFoundRaces(session.state_folder(), result.report)) {
    Report(*problem);
  }
  fmt::print("{}", ShowRaces(result.report, exercise, result.bazel_errors,
                             session.terminal()));
  int code = kExitOk;
  for (const int each : tasks) {
    code = std::max(code, ExitCodeOf(result.report, {.only = each}));
  }
  return code;
}

int RunCheck(Session& session, const CheckOptions& options) {
  const ChosenTask chosen = ChooseTask(session, options.which, "check");
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  if (options.tsan) return LookForRaces(session, exercise, chosen.task);
  const int at =
      chosen.task != 0 ? chosen.task : LastEditedTask(session, exercise);
  CheckResult result =
      CheckExercise(session, exercise,
                    {.at = at,
                     .all = options.all,
                     .edited = EditedUntestedTasks(session, exercise),
                     .untouched = UntouchedDeepTasks(session, exercise)});
  if (result.problem) return Report(*result.problem);
  result.report.at = at;
  AddCase(session.root(), exercise, chosen.task, result.report);
  const int exit_code =
      ExitCodeOf(result.report, {.only = chosen.task, .all = options.all});
  if (options.json) {
    fmt::print("{}\n", ReportJson(result.report, exercise, exit_code));
    return exit_code;
  }
  for (TaskReport& task : result.report.tasks) {
    if (task.found_case) ExplainOnce(session.root(), *task.found_case);
  }
  HideOpenCounts(session, exercise, result.report);
  fmt::print("{}{}",
             ShowCheck(result.report, exercise, result.bazel_errors,
                       session.terminal(), chosen.task),
             session.terminal().Fit(ShowOpenPredictions(session, exercise)));
  return exit_code;
}

}  // namespace

void RegisterCheck(CommandLine& line) {
  const auto options = std::make_shared<CheckOptions>();
  line.Add("check", "Build and test an exercise, task by task",
           [options](Session& s) { return RunCheck(s, *options); })
      .Option("which", options->which, "[NN_MM] [task]", 2)
      .Flag("--all", options->all, "Every task, also those not begun yet")
      .Flag("--tsan", options->tsan,
            "Look for data races in tasks whose tests start threads")
      .Flag("--json", options->json, "For programs")
      .Examples({"check", "check 01_02", "check 01_02 3", "check 03_03 --tsan",
                 "check 01_02 --json"})
      .ExitCodes({{kExitOk,
                   "what was asked for is green: the core tasks, with "
                   "--all the deep ones, too, or the one task"},
                  {kExitDoesNotBuild, "one of them does not build"},
                  {kExitRed, "one of them is red"}});
}

}  // namespace workbook::cli
