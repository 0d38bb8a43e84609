// SPDX-License-Identifier: Apache-2.0

#include <map>
#include <memory>

#include "fmt/format.h"
#include "tools/workbook/calibration.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/gains.h"
#include "tools/workbook/json_view.h"
#include "tools/workbook/prediction_score.h"
#include "tools/workbook/recorded_properties.h"

namespace workbook::cli {
namespace {

struct ProgressOptions {
  bool json = false;
};

bool IsGreen(const Session& session, const Exercise& exercise,
             const Task& task) {
  const auto& tasks = session.progress().tasks;
  const auto found = tasks.find({exercise.id, task.number});
  return found != tasks.end() && found->second.green;
}

std::string GainOf(const Session& session, const Exercise& exercise) {
  const auto recorded = LoadRecorded(session.state_folder(), exercise.id);
  const auto gain = GainInShort(FindGains(recorded));
  return gain ? GainText({*gain}) : "-";
}

char Mark(const Session& session, const Exercise& exercise) {
  if (session.IsMastered(exercise)) return 'm';
  return session.IsSolved(exercise.id) ? 's' : ' ';
}

// A line each; 80 columns hold the longest count that a test records.
std::string ShowExercise(const Session& session, const Exercise& exercise,
                         const Calibration& sum) {
  const auto tasks = [&](Level level) {
    return fmt::format("{}/{}", session.GreenTasks(exercise, level),
                       exercise.TasksOf(level));
  };
  return fmt::format(
      "{} {}  {:<5}  {:<5}  {:<7}  {:<7}  {}\n", Mark(session, exercise),
      exercise.id, tasks(Level::kCore), tasks(Level::kDeep),
      sum.choices > 0 ? fmt::format("{}/{}", sum.choices_right, sum.choices)
                      : "-",
      sum.numbers > 0 ? ShowNumber(sum.median_error) + "x" : "-",
      GainOf(session, exercise));
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
  bool has_numbers = false;
  std::string lines =
      "         core   deep   choices  numbers\n"
      "         green  green  right    off by   saved, as tests counted it\n";
  for (const Exercise& exercise : session.course().exercises) {
    mastered += session.IsMastered(exercise) ? 1 : 0;
    const Calibration sum =
        CalibrationOf(exercise, LoadPredictionStates(session, exercise));
    has_numbers = has_numbers || sum.numbers > 0;
    lines += ShowExercise(session, exercise, sum);
    tasks += static_cast<int>(exercise.tasks.size());
    green += session.progress().GreenTasks(exercise.id);
  }
  if (has_numbers) {
    lines +=
        "numbers: the median factor between what you predicted and what was "
        "measured; 1x is exact.\n";
  }
  fmt::print("{}", session.terminal().Fit(lines));
  PrintChapters(session);
  fmt::print(
      "{}",
      session.terminal().Fit(fmt::format(
          "\n{} of {} tasks green when last checked.\n{} of {} exercises "
          "solved (s), {} mastered (m).\nKept in .workbook/progress. Go on: "
          "./workbook start\nAll of it on one page: ./workbook report\n",
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
