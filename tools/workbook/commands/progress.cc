// SPDX-License-Identifier: Apache-2.0

#include <map>
#include <memory>

#include "fmt/format.h"
#include "tools/workbook/calibration.h"
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
  for (const Task& task : exercise.tasks) {
    shown += session.progress().HintsShown({exercise.id, task.number});
  }
  return shown;
}

bool IsGreen(const Session& session, const Exercise& exercise,
             const Task& task) {
  const auto& tasks = session.progress().tasks;
  const auto found = tasks.find({exercise.id, task.number});
  return found != tasks.end() && found->second.green;
}

void PrintExercise(const Session& session, const Exercise& exercise) {
  const Progress& progress = session.progress();
  std::string bar;
  for (const Task& task : exercise.tasks) {
    bar += IsGreen(session, exercise, task) ? '#' : '.';
  }
  std::string state = session.CoreText(exercise);
  if (const int deep = exercise.TasksOf(Level::kDeep); deep > 0) {
    state += fmt::format(", {} of {} deep",
                         session.GreenTasks(exercise, Level::kDeep), deep);
  }
  const auto solved = progress.solved.find(exercise.id);
  if (solved != progress.solved.end()) {
    state += ", solved " + solved->second.substr(0, 10);
  }
  const auto mastered = progress.mastered.find(exercise.id);
  if (mastered != progress.mastered.end()) {
    state += ", mastered " + mastered->second.substr(0, 10);
  }
  if (const int hints = HintsShown(session, exercise); hints > 0) {
    state += fmt::format(", {} {}", hints, hints == 1 ? "hint" : "hints");
  }
  fmt::print("{}", session.terminal().Fit(fmt::format("  {}  [{}]  {}  {}\n",
                                                      exercise.id, bar,
                                                      exercise.title, state)));
}

// Adds up the minutes of the core tasks that are still to do.
int MinutesLeft(const Session& session, const Exercise& exercise) {
  if (session.IsSolved(exercise.id)) return 0;
  int minutes = 0;
  for (const Task& task : exercise.tasks) {
    const bool open = !IsGreen(session, exercise, task);
    if (task.level == Level::kCore && open) minutes += task.minutes;
  }
  return minutes;
}

// A twentieth of a chapter's core tasks a mark.
void PrintChapters(const Session& session) {
  constexpr int kMarks = 20;
  struct Sum {
    int tasks = 0;
    int green = 0;
    int minutes_left = 0;
  };
  std::map<std::string, Sum> chapters;
  for (const Exercise& exercise : session.course().exercises) {
    Sum& sum = chapters[exercise.chapter];
    const int tasks = exercise.TasksOf(Level::kCore);
    sum.tasks += tasks;
    sum.green += session.IsSolved(exercise.id)
                     ? tasks
                     : session.GreenTasks(exercise, Level::kCore);
    sum.minutes_left += MinutesLeft(session, exercise);
  }
  fmt::print("\n");
  for (const auto& [name, sum] : chapters) {
    const int marks = sum.tasks == 0 ? 0 : kMarks * sum.green / sum.tasks;
    fmt::print(
        "{}",
        session.terminal().Fit(fmt::format(
            "  {:<{}}{:.<{}}  {:>3} of {} core tasks, about {} min left  {}\n",
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
  int mastered = 0;
  for (const Exercise& exercise : session.course().exercises) {
    mastered += session.IsMastered(exercise) ? 1 : 0;
    PrintExercise(session, exercise);
    tasks += static_cast<int>(exercise.tasks.size());
    green += session.progress().GreenTasks(exercise.id);
  }
  PrintChapters(session);
  if (const std::string text = ShowCalibrations(CalibrationsOf(session));
      !text.empty()) {
    fmt::print("\n{}", session.terminal().Fit(text));
  }
  fmt::print(
      "{}",
      session.terminal().Fit(fmt::format(
          "\n{} of {} tasks were green when last checked; {} of {} "
          "exercises are solved, {} mastered.\nKept in .workbook/progress. Go "
          "on: ./workbook start\n",
          green, tasks, session.progress().solved.size(),
          session.course().exercises.size(), mastered)));
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
