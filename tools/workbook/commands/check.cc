// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "fmt/format.h"
#include "tools/workbook/cases.h"
#include "tools/workbook/checking.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/last_edited.h"
#include "tools/workbook/json_view.h"
#include "tools/workbook/prediction_state.h"
#include "tools/workbook/report_view.h"

namespace workbook::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> which;  // [NN_MM] [task]
  bool all = false;                // every task, also those not begun
  bool json = false;
};

int RunCheck(Session& session, const CheckOptions& options) {
  const ChosenTask chosen = ChooseTask(session, options.which, "check");
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  const int at =
      chosen.task != 0 ? chosen.task : LastEditedTask(session, exercise);
  CheckResult result =
      CheckExercise(session, exercise, {.at = at, .all = options.all});
  if (result.problem) return Report(*result.problem);
  result.report.at = at;
  AddCase(session.root(), exercise, chosen.task, result.report);
  const int exit_code = ExitCodeOf(result.report, chosen.task);
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
      .Flag("--json", options->json, "For programs")
      .Examples(
          {"check", "check 01_02", "check 01_02 3", "check 01_02 --json"});
}

}  // namespace workbook::cli
