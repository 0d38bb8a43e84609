#include "tools/workbook/report_view.h"

#include <algorithm>

#include "fmt/format.h"
#include "tools/problem/exit_code.h"

namespace workbook::cli {
namespace {

Colour ColourOf(TaskState state) {
  switch (state) {
    case TaskState::kGreen:
      return Colour::kGreen;
    case TaskState::kToWrite:
      return Colour::kYellow;
    case TaskState::kWaits:
    case TaskState::kNotTried:
      return Colour::kDim;
    default:
      return Colour::kRed;
  }
}

std::string Counts(const TaskReport& task) {
  if (task.state == TaskState::kDoesNotBuild ||
      task.state == TaskState::kWaits || task.state == TaskState::kNotTried) {
    return fmt::format("{} test{}", task.total, task.total == 1 ? "" : "s");
  }
  return fmt::format("{} of {} test{}", task.passed, task.total,
                     task.total == 1 ? "" : "s");
}

std::string Details(const TaskReport& task) {
  if (task.Green()) return {};
  if (task.state == TaskState::kWaits) {
    return fmt::format("      it uses task {}, which does not build\n",
                       task.waits_for);
  }
  // The name of a running test is part of the sentence already.
  const bool named = task.state == TaskState::kRed;
  std::string text =
      named ? fmt::format("      {}: {}\n", task.test, task.sentence)
            : fmt::format("      {}\n", task.sentence);
  if (!task.file.empty()) text += fmt::format("      {}\n", Place(task));
  for (const std::string& line : task.details) {
    text += fmt::format("        {}\n", line);
  }
  return text;
}

// Where a red task is fixed: its first file.
std::string FirstFile(const TaskReport& task, const Exercise& exercise) {
  const auto& files =
      exercise.tasks[static_cast<size_t>(task.number - 1)].files;
  return files.empty() ? "" : (exercise.folder / files.front()).string();
}

// Where a definition that the linker misses belongs.
std::string SourceFile(const TaskReport& task, const Exercise& exercise) {
  for (const std::string& file :
       exercise.tasks[static_cast<size_t>(task.number - 1)].files) {
    if (file.ends_with(".cc")) return (exercise.folder / file).string();
  }
  return FirstFile(task, exercise);
}

std::string WhatToDo(const TaskReport& task, const Exercise& exercise) {
  const std::string file = FirstFile(task, exercise);
  switch (task.state) {
    case TaskState::kToWrite:
      return fmt::format("open {} and write it",
                         task.file.empty() ? file : Place(task));
    case TaskState::kDoesNotBuild:
      if (task.file.ends_with("_test.cc")) {
        return fmt::format("declare in {} what {} uses", file, Place(task));
      }
      return task.file.empty()
                 ? fmt::format("define what the linker names, in {}",
                               SourceFile(task, exercise))
                 : fmt::format("fix {}", Place(task));
    case TaskState::kRed:
      return fmt::format("read the test at {}, then fix {}", Place(task), file);
    case TaskState::kCrashed:
      if (!task.details.empty() && !task.file.empty()) {
        return fmt::format("fix {}", Place(task));
      }
      return fmt::format(
          "fix {}; for the exact place: bazel test --config=asan "
          "//exercises/{}:{}",
          file, exercise.id,
          exercise.tasks[static_cast<size_t>(task.number - 1)].test);
    case TaskState::kTimedOut:
      return fmt::format("look for the loop or wait in {}", file);
    case TaskState::kSilent:
      return fmt::format("take the exit out of {}", file);
    default:
      return "./workbook setup installs what is missing";
  }
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

// All core tasks are green: on to the next exercise, or to the deep tasks.
std::string ShowSolved(const ExerciseReport& report, const Exercise& exercise,
                       const Terminal& terminal) {
  std::string text = fmt::format(
      "{}\n"
      "  ./workbook bench {}      you against baseline{} and peers\n"
      "{}"
      "  ./workbook next             the next exercise\n",
      terminal.Paint(Colour::kGreen, report.Mastered()
                                         ? "All tasks are green."
                                         : "Solved: all core tasks are green."),
      exercise.id, report.has_reference ? ", reference" : "",
      report.has_reference
          ? fmt::format("  ./workbook solution {}   the reference\n",
                        exercise.id)
          : "");
  if (report.Mastered()) return text;
  const TaskReport* task = report.NextTask();
  const int left =
      report.TasksOf(Level::kDeep) - report.GreenTasks(Level::kDeep);
  text += fmt::format(
      "For the whole thing, {} deep {} left. Task {}: {}\n"
      "  stuck  ./workbook hint {} {}\n",
      left, left == 1 ? "task is" : "tasks are", task->number,
      WhatToDo(*task, exercise), exercise.id, task->number);
  return text;
}

}  // namespace

std::string Place(const TaskReport& task) {
  if (task.file.empty()) return {};
  return task.line == 0 ? task.file
                        : fmt::format("{}:{}", task.file, task.line);
}

std::string ShowReport(const ExerciseReport& report, const Exercise& exercise,
                       const Terminal& terminal) {
  std::string text = fmt::format(
      "{}  {}\n\n",
      terminal.Paint(Colour::kBold,
                     fmt::format("{} {}", exercise.id, exercise.title)),
      GreenText(report));
  size_t width = 0;
  for (const TaskReport& task : report.tasks) {
    width = std::max(width, task.title.size());
  }
  for (const TaskReport& task : report.tasks) {
    text += fmt::format(
        "  {:>2}{} {:<{}}  {}  {}\n", task.number,
        task.level == Level::kDeep ? '+' : ' ', task.title, width,
        terminal.Paint(ColourOf(task.state),
                       fmt::format("{:<14}", StateName(task.state))),
        Counts(task));
    text += Details(task);
  }
  return text;
}

std::string ShowBazelErrors(const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string text = "Bazel says:\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text + "\n";
}

std::string ShowNextStep(const ExerciseReport& report, const Exercise& exercise,
                         const Terminal& terminal) {
  if (report.Solved()) return ShowSolved(report, exercise, terminal);
  const TaskReport* task = report.NextTask();
  std::string text =
      fmt::format("{} task {}: {}\n", terminal.Paint(Colour::kBold, "Next:"),
                  task->number, WhatToDo(*task, exercise));
  if (!task->contract.empty()) {
    text +=
        fmt::format("  holds  {} ({})\n", task->contract, task->contract_place);
  }
  text += fmt::format("  read   {}", exercise.page.string());
  if (task->page_line != 0) {
    text += fmt::format(":{} (section {})", task->page_line, task->number);
  }
  text += fmt::format(
      "\n  stuck  ./workbook hint {} {}\n"
      "  then   ./workbook check\n",
      exercise.id, task->number);
  return text;
}

std::string ShowCheck(const ExerciseReport& report, const Exercise& exercise,
                      const std::vector<std::string>& bazel_errors,
                      const Terminal& terminal) {
  return terminal.Fit(ShowReport(report, exercise, terminal) + "\n" +
                      ShowBazelErrors(bazel_errors) +
                      ShowNextStep(report, exercise, terminal));
}

int ExitCodeOf(const ExerciseReport& report) {
  int code = kExitOk;
  for (const TaskReport& task : report.tasks) {
    if (task.state == TaskState::kNotTried) return kExitEnvironment;
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
