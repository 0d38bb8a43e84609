#include "fmt/format.h"
#include "tools/workbook/checking.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/report_view.h"

namespace workbook::cli {
namespace {

void Greet(const Session& session, const Exercise& exercise) {
  const Terminal& terminal = session.terminal();
  if (session.progress().current.empty()) {
    fmt::print(
        "{}\n\n{}",
        terminal.Paint(Colour::kBold, "Welcome to the Memory Workbook."),
        terminal.Fit(
            "Each exercise is a few source files with parts left to you, tests "
            "that\nare red until you write them, and a benchmark. You edit "
            "files under\nexercises/; ./workbook check judges them.\n\n"));
  }
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

int RunStart(Session& session) {
  const Exercise& exercise = session.Current();
  Greet(session, exercise);
  std::fflush(stdout);
  const CheckResult result = CheckExercise(session, exercise);
  if (result.problem) return Report(*result.problem);
  fmt::print("{}", ShowCheck(result.report, exercise, result.bazel_errors,
                             session.terminal()));
  return kExitOk;
}

}  // namespace

void RegisterStart(CommandLine& line) {
  line.Add("start", "Where you are, what is red, what to type (the default)",
           RunStart)
      .Examples({"start"});
}

}  // namespace workbook::cli
