#include <memory>

#include "fmt/format.h"
#include "tools/workbook/checking.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/json_view.h"
#include "tools/workbook/prediction_state.h"
#include "tools/workbook/report_view.h"

namespace workbook::cli {
namespace {

struct CheckOptions {
  std::string exercise;  // "" is the current one
  bool json = false;
};

int RunCheck(Session& session, const CheckOptions& options) {
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  const CheckResult result = CheckExercise(session, exercise);
  if (result.problem) return Report(*result.problem);
  const int exit_code = ExitCodeOf(result.report);
  if (options.json) {
    fmt::print("{}\n", ReportJson(result.report, exercise, exit_code));
    return exit_code;
  }
  fmt::print("{}{}",
             ShowCheck(result.report, exercise, result.bazel_errors,
                       session.terminal()),
             session.terminal().Fit(ShowOpenPredictions(
                 LoadPredictionStates(session, exercise), exercise.id)));
  return exit_code;
}

}  // namespace

void RegisterCheck(CommandLine& line) {
  const auto options = std::make_shared<CheckOptions>();
  line.Add("check", "Build and test an exercise, task by task",
           [options](Session& s) { return RunCheck(s, *options); })
      .Option("exercise", options->exercise, "NN_MM")
      .Flag("--json", options->json, "For programs")
      .Examples({"check", "check 01_02", "check 01_02 --json"});
}

}  // namespace workbook::cli
