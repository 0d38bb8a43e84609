#include <map>
#include <memory>

#include "fmt/format.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/json_view.h"

namespace workbook::cli {
namespace {

struct ProgressOptions {
  bool json = false;
};

int HintsShown(const Session& session, const Exercise& exercise) {
  int shown = 0;
  for (const auto& [key, level] : session.progress().hints) {
    if (key.first == exercise.id) shown += level;
  }
  return shown;
}

void PrintExercise(const Session& session, const Exercise& exercise) {
  const Progress& progress = session.progress();
  std::string bar;
  for (const Task& task : exercise.tasks) {
    const auto found = progress.tasks.find({exercise.id, task.number});
    const bool green = found != progress.tasks.end() && found->second.green;
    bar += green ? '#' : '.';
  }
  const auto solved = progress.solved.find(exercise.id);
  std::string state =
      fmt::format("{} of {} tasks", progress.GreenTasks(exercise.id),
                  exercise.tasks.size());
  if (solved != progress.solved.end()) {
    state += ", solved " + solved->second.substr(0, 10);
  }
  if (const int hints = HintsShown(session, exercise); hints > 0) {
    state += fmt::format(", {} {}", hints, hints == 1 ? "hint" : "hints");
  }
  fmt::print("{}", session.terminal().Fit(fmt::format("  {}  [{}]  {}  {}\n",
                                                      exercise.id, bar,
                                                      exercise.title, state)));
}

// A twentieth of a chapter a mark; the minutes of exercises that are not
// solved, less the share of their green tasks.
void PrintChapters(const Session& session) {
  constexpr int kMarks = 20;
  struct Sum {
    int tasks = 0;
    int green = 0;
    double minutes_left = 0;
  };
  std::map<std::string, Sum> chapters;
  for (const Exercise& exercise : session.course().exercises) {
    Sum& sum = chapters[exercise.chapter];
    const int tasks = static_cast<int>(exercise.tasks.size());
    const int green = session.IsSolved(exercise.id)
                          ? tasks
                          : session.progress().GreenTasks(exercise.id);
    sum.tasks += tasks;
    sum.green += green;
    if (tasks > 0) {
      sum.minutes_left +=
          exercise.minutes * static_cast<double>(tasks - green) / tasks;
    }
  }
  fmt::print("\n");
  for (const auto& [name, sum] : chapters) {
    const int marks = sum.tasks == 0 ? 0 : kMarks * sum.green / sum.tasks;
    fmt::print(
        "{}",
        session.terminal().Fit(fmt::format(
            "  {:<{}}{:.<{}}  {:>3} of {} tasks, about {:.0f} min left  {}\n",
            std::string(static_cast<size_t>(marks), '#'), marks, "",
            kMarks - marks, sum.green, sum.tasks, sum.minutes_left, name)));
  }
}

int RunProgress(Session& session, const ProgressOptions& options) {
  if (options.json) {
    fmt::print("{}\n", CourseJson(session));
    return kExitOk;
  }
  int tasks = 0;
  int green = 0;
  for (const Exercise& exercise : session.course().exercises) {
    PrintExercise(session, exercise);
    tasks += static_cast<int>(exercise.tasks.size());
    green += session.progress().GreenTasks(exercise.id);
  }
  PrintChapters(session);
  fmt::print("{}",
             session.terminal().Fit(fmt::format(
                 "\n{} of {} tasks were green when last checked; {} of {} "
                 "exercises are solved.\nKept in .workbook/progress. Go "
                 "on: ./workbook start\n",
                 green, tasks, session.progress().solved.size(),
                 session.course().exercises.size())));
  return kExitOk;
}

}  // namespace

void RegisterProgress(CommandLine& line) {
  const auto options = std::make_shared<ProgressOptions>();
  line.Add("progress", "What you have done",
           [options](Session& s) { return RunProgress(s, *options); })
      .Flag("--json", options->json, "For programs")
      .Examples({"progress", "progress --json"});
}

}  // namespace workbook::cli
