// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report_view.h"

#include <algorithm>
#include <map>

#include "fmt/format.h"
#include "tools/problem/exit_code.h"
#include "tools/workbook/cases.h"
#include "tools/workbook/gains.h"
#include "tools/workbook/next_step.h"
#include "tools/workbook/tested_view.h"

namespace workbook::cli {
namespace {

Colour ColourOf(TaskState state) {
  switch (state) {
    case TaskState::kGreen:
      return Colour::kGreen;
    case TaskState::kToWrite:
      return Colour::kYellow;
    case TaskState::kWaits:
    case TaskState::kNeedsTask:
    case TaskState::kLater:
    case TaskState::kNotTried:
      return Colour::kDim;
    default:
      return Colour::kRed;
  }
}

std::string Counts(const TaskReport& task) {
  if (task.state == TaskState::kDoesNotBuild ||
      task.state == TaskState::kWaits || IsUntested(task)) {
    return fmt::format("{} test{}", task.total, task.total == 1 ? "" : "s");
  }
  // "red ... 7 of 8 tests" would leave open which of them the seven are.
  std::string text =
      fmt::format("{} of {} test{}{}", task.passed, task.total,
                  task.total == 1 ? "" : "s", task.Green() ? "" : " green");
  const int to_write = task.TestsToWrite();
  const int red = static_cast<int>(task.red_tests.size()) - to_write;
  if (to_write > 0 && red > 0) {
    text += fmt::format(" ({} to write, {} red)", to_write, red);
  }
  return text;
}

std::string Details(const TaskReport& task) {
  if (task.Green() || task.state == TaskState::kLater) return {};
  if (task.state == TaskState::kWaits) {
    return fmt::format("      {}\n", task.sentence);
  }
  // The name of a running test is part of the sentence already.
  const bool named = task.state == TaskState::kRed;
  std::string text = task.cause == 0
                         ? ""
                         : fmt::format(
                               "      it uses task {0}, which is red, too: "
                               "fix task {0} first\n",
                               task.cause);
  text += named ? fmt::format("      {}: {}\n", task.test, task.sentence)
                : fmt::format("      {}\n", task.sentence);
  if (!task.file.empty()) text += fmt::format("      {}\n", Place(task));
  for (const std::string& line : task.details) {
    text += fmt::format("        {}\n", line);
  }
  return text;
}

std::string SavedLine(const TaskReport& task, const Exercise& exercise) {
  const std::string saved =
      task.Green() ? GainText(FindGains(task.recorded)) : "";
  std::string text =
      saved.empty() ? ""
                    : fmt::format("      wasteful form -> yours: {}\n", saved);
  if (task.Green() && task.hides_counts) {
    text += fmt::format(
        "      more is shown when you have predicted it: ./workbook predict {} "
        "{}\n",
        exercise.id, task.number);
  }
  if (task.Green() && task.starts_threads) {
    text += fmt::format(
        "      its threads may race all the same: ./workbook check {0} {1} "
        "--tsan (bazel test --config=tsan //exercises/{0}:{2})\n",
        exercise.id, task.number,
        exercise.tasks[static_cast<size_t>(task.number - 1)].test);
  }
  return text;
}

// "  7  A pipeline  green  30 of 30 tests"; the title takes `width` columns.
std::string TaskLine(const TaskReport& task, size_t width,
                     const Terminal& terminal) {
  return fmt::format(
      "  {:>2}{} {:<{}}  {}  {}\n", task.number,
      task.level == Level::kDeep ? '+' : ' ', task.title, width,
      terminal.Paint(ColourOf(task.state),
                     fmt::format("{:<14}", StateName(task.state))),
      Counts(task));
}

std::string RedTests(const TaskReport& task) {
  if (task.red_tests.size() < 2) return {};
  std::string text =
      fmt::format("      {} red tests:\n", task.red_tests.size());
  for (const RedTest& test : task.red_tests) {
    text += fmt::format("        {}  {}:{}{}\n", test.name, test.file,
                        test.line, test.to_write ? "  to write" : "");
  }
  return text;
}

// "the other tasks: 1 green, 2 to write, 1 red"
std::string OtherTasks(const ExerciseReport& report, int number) {
  std::map<TaskState, int> counts;
  for (const TaskReport& task : report.tasks) {
    if (task.number == number) continue;
    ++counts[task.Waits() ? TaskState::kWaits : task.state];
  }
  std::string text;
  for (const auto& [state, count] : counts) {
    text += fmt::format("{} {} {}", text.empty() ? "" : ",", count,
                        StateName(state));
  }
  return text.empty() ? "" : fmt::format("\n  the other tasks:{}\n", text);
}

// The reference of a task that was asked for and is green.
std::string Comparison(const ExerciseReport& report, const Exercise& exercise,
                       int number) {
  const auto& task = report.tasks[static_cast<size_t>(number - 1)];
  if (!task.Green() || !report.has_reference || report.Solved()) return {};
  return fmt::format(
      "Task {} is green.\n"
      "  ./workbook diff {} {}   yours against the reference\n",
      number, exercise.id, number);
}

std::string FoundCase(const ExerciseReport& report) {
  for (const TaskReport& task : report.tasks) {
    if (!task.found_case) continue;
    return fmt::format(
        "The fewest calls in which task {0} fails:\n{1}\n"
        "  ./workbook case {2} {0}   goes through it step by step\n\n",
        task.number, ShowCaseInShort(*task.found_case), report.id);
  }
  return {};
}

// "1 of 5 core tasks, 0 of 7 deep tasks (+) green"
std::string GreenText(const ExerciseReport& report) {
  std::string text;
  for (const Level level : {Level::kCore, Level::kDeep}) {
    if (report.TasksOf(level) == 0) continue;
    text += fmt::format("{}{} of {} {} tasks{}", text.empty() ? "" : ", ",
                        report.GreenTasks(level), report.TasksOf(level),
                        LevelName(level), level == Level::kDeep ? " (+)" : "");
  }
  return text + " green";
}

std::string Heading(const ExerciseReport& report, const Exercise& exercise,
                    const Terminal& terminal) {
  return fmt::format(
      "{}  {}\n\n",
      terminal.Paint(Colour::kBold,
                     fmt::format("{} {}", exercise.id, exercise.title)),
      GreenText(report));
}

}  // namespace

std::string Place(const TaskReport& task) {
  if (task.file.empty()) return {};
  return task.line == 0 ? task.file
                        : fmt::format("{}:{}", task.file, task.line);
}

std::string ShowReport(const ExerciseReport& report, const Exercise& exercise,
                       const Terminal& terminal) {
  std::string text = Heading(report, exercise, terminal);
  size_t width = 0;
  for (const TaskReport& task : report.tasks) {
    width = std::max(width, task.title.size());
  }
  for (const TaskReport& task : report.tasks) {
    text += TaskLine(task, width, terminal);
    text += Details(task);
    if (task.turned_green) text += SavedLine(task, exercise);
  }
  return text;
}

std::string ShowTask(const ExerciseReport& report, const Exercise& exercise,
                     int number, const Terminal& terminal) {
  const TaskReport& task = report.tasks[static_cast<size_t>(number - 1)];
  return Heading(report, exercise, terminal) +
         TaskLine(task, task.title.size(), terminal) + Details(task) +
         SavedLine(task, exercise) + RedTests(task) +
         OtherTasks(report, number);
}

std::string ShowCheck(const ExerciseReport& report, const Exercise& exercise,
                      const std::vector<std::string>& bazel_errors,
                      const Terminal& terminal, int only) {
  const std::string tasks = only == 0
                                ? ShowReport(report, exercise, terminal)
                                : ShowTask(report, exercise, only, terminal);
  return terminal.Fit(tasks + "\n" + ShowTested(report) +
                      ShowBazelErrors(bazel_errors) + FoundCase(report) +
                      (only == 0 ? "" : Comparison(report, exercise, only)) +
                      ShowNextStep(report, exercise, terminal) +
                      (only == 0 ? ShowAllRedTests(report, exercise) +
                                       ShowLater(report, exercise)
                                 : ""));
}

std::string ShowRaces(const ExerciseReport& report, const Exercise& exercise,
                      const std::vector<std::string>& bazel_errors,
                      const Terminal& terminal) {
  std::string text = terminal.Paint(
      Colour::kBold,
      fmt::format("{} {}, by ThreadSanitizer", exercise.id, exercise.title));
  text += "\n\n";
  int first_red = 0;
  for (const TaskReport& task : report.tasks) {
    if (task.state == TaskState::kLater) continue;
    text += TaskLine(task, task.title.size(), terminal) + Details(task);
    if (first_red == 0 && !task.Green()) first_red = task.number;
  }
  text += "\n" + ShowBazelErrors(bazel_errors);
  return terminal.Fit(
      text +
      (first_red == 0
           ? "No data race happened in these tests.\n"
           : fmt::format("Fix that, then run this command again. ./workbook "
                         "check still remembers what it remembered.\n"
                         "  stuck  ./workbook hint {} {}\n",
                         exercise.id, first_red)));
}

int ExitCodeOf(const ExerciseReport& report, const Asked& asked) {
  int code = kExitOk;
  for (const TaskReport& task : report.tasks) {
    if (asked.only != 0 && task.number != asked.only) continue;
    if (task.state == TaskState::kNotTried) return kExitEnvironment;
    if (asked.only == 0 && !asked.all && task.level == Level::kDeep) continue;
    if (task.state == TaskState::kDoesNotBuild ||
        task.state == TaskState::kWaits) {
      code = kExitDoesNotBuild;
    } else if (!task.Green() && code == kExitOk) {
      code = kExitRed;
    }
  }
  return code;
}

}  // namespace workbook::cli
