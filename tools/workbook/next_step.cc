// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/next_step.h"

#include "fmt/format.h"
#include "tools/workbook/contract_excerpt.h"
#include "tools/workbook/report_view.h"

namespace workbook::cli {
namespace {

// Where a task begins: its first file.
std::string FirstFile(const TaskReport& task, const Exercise& exercise) {
  const auto& files =
      exercise.tasks[static_cast<size_t>(task.number - 1)].files;
  return files.empty() ? "" : (exercise.folder / files.front()).string();
}

// Where a red task may be wrong: "exercises/01_02/pool.h or pool.cc".
std::string AnyFile(const TaskReport& task, const Exercise& exercise) {
  std::string text = FirstFile(task, exercise);
  const auto& files =
      exercise.tasks[static_cast<size_t>(task.number - 1)].files;
  for (size_t i = 1; i < files.size(); ++i) {
    text += (i + 1 == files.size() ? " or " : ", ") + files[i];
  }
  return text;
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
    case TaskState::kLater:
      return fmt::format("open {} and begin", Place(task));
    case TaskState::kNeedsTask:
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
      return fmt::format("read the test at {}, then fix {}", Place(task),
                         AnyFile(task, exercise));
    case TaskState::kCrashed:
      if (!task.details.empty() && !task.file.empty()) {
        return fmt::format("fix {}", Place(task));
      }
      return fmt::format(
          "fix {}; for the exact place: bazel test --config=asan "
          "//exercises/{}:{}",
          AnyFile(task, exercise), exercise.id,
          exercise.tasks[static_cast<size_t>(task.number - 1)].test);
    case TaskState::kTimedOut:
      return fmt::format("look for the loop or wait in {}",
                         AnyFile(task, exercise));
    case TaskState::kSilent:
      return fmt::format(
          "look in {} for an exit, or for a wait that no call ends",
          AnyFile(task, exercise));
    default:
      return "./workbook setup installs what is missing";
  }
}

// Below what to do: where to read, for a hint and how it went. `check` is what
// to type for that.
std::string ShowWhereToRead(const TaskReport& task, const Exercise& exercise,
                            const std::string& check) {
  std::string text = fmt::format("  read   {}", task.page);
  if (task.page_line != 0) {
    text += fmt::format(":{} (section {})", task.page_line, task.number);
  }
  return text + fmt::format(
                    "\n  stuck  ./workbook hint {} {}\n"
                    "  then   {}\n",
                    exercise.id, task.number, check);
}

// What the function that failed promises, of a long contract the part that
// matters; "" where none is known.
std::string ShowContract(const TaskReport& task) {
  if (task.contract.empty()) return {};
  const ContractExcerpt excerpt =
      ExcerptOf(task.contract, task.test, task.sentence);
  return fmt::format(
      "  header {} ({}{})\n", excerpt.text,
      excerpt.is_whole ? "" : "all of it: ", task.contract_place);
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
  text += fmt::format("For the whole thing, {} deep {} left. Task {}: {}\n",
                      left, left == 1 ? "task is" : "tasks are", task->number,
                      WhatToDo(*task, exercise));
  return text + ShowContract(*task) +
         ShowWhereToRead(*task, exercise, "./workbook check " + exercise.id);
}

// "is still red", of a task that is not green.
std::string_view StillWords(const TaskReport& task) {
  switch (task.state) {
    case TaskState::kLater:
      return "is not begun yet";
    case TaskState::kToWrite:
      return "is still to write";
    case TaskState::kDoesNotBuild:
      return "still does not build";
    case TaskState::kWaits:
    case TaskState::kNeedsTask:
      return "still waits for another";
    case TaskState::kCrashed:
      return "still crashes";
    case TaskState::kTimedOut:
      return "still does not end";
    default:
      return "is still red";
  }
}

// Why it is not the lowest core task that is next; "" where it is.
std::string ShowWhyThisTask(const ExerciseReport& report,
                            const TaskReport& next) {
  const bool is_known =
      report.at >= 1 && report.at <= static_cast<int>(report.tasks.size());
  if (!is_known) return {};
  const TaskReport& at = report.tasks[static_cast<size_t>(report.at - 1)];
  if (at.Green()) return {};
  if (next.number != at.number) {
    return fmt::format("You are at task {}, which uses task {}; task {} {}.\n",
                       at.number, next.number, next.number, StillWords(next));
  }
  const TaskReport* const lowest = report.LowestOpenCoreTask();
  if (lowest == nullptr || lowest->number == at.number ||
      (at.level == Level::kCore && lowest->number > at.number)) {
    return {};
  }
  return fmt::format("You are at task {}; task {} {}.\n", at.number,
                     lowest->number, StillWords(*lowest));
}

}  // namespace

std::string ShowNextStep(const ExerciseReport& report, const Exercise& exercise,
                         const Terminal& terminal) {
  if (report.Solved()) return ShowSolved(report, exercise, terminal);
  const TaskReport* task = report.NextTask();
  std::string text = ShowWhyThisTask(report, *task);
  text +=
      fmt::format("{} task {}: {}\n", terminal.Paint(Colour::kBold, "Next:"),
                  task->number, WhatToDo(*task, exercise));
  return text + ShowContract(*task) +
         ShowWhereToRead(*task, exercise, "./workbook check");
}

std::string ShowAllRedTests(const ExerciseReport& report,
                            const Exercise& exercise) {
  const TaskReport* const task = report.NextTask();
  if (task == nullptr || task->red_tests.size() < 2) return {};
  return fmt::format("  all    ./workbook check {} {}  ({} red tests)\n",
                     exercise.id, task->number, task->red_tests.size());
}

}  // namespace workbook::cli
