// SPDX-License-Identifier: Apache-2.0

// How each task of an exercise stands, from what Bazel and the tests left.
#ifndef WORKBOOK_TOOLS_WORKBOOK_EXERCISE_REPORT_H_
#define WORKBOOK_TOOLS_WORKBOOK_EXERCISE_REPORT_H_

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/bazel_client/build_events.h"
#include "tools/course/course.h"
#include "tools/workbook/found_case.h"
#include "tools/workbook/recorded_properties.h"

namespace workbook::cli {

enum class TaskState {
  kGreen,
  kToWrite,       // the first failure is a stub's Todo
  kRed,           // a test failed
  kDoesNotBuild,  // the error is in this task's files
  kWaits,         // the error is in the files of another task
  kNeedsTask,     // every failure is a Todo of other tasks
  kCrashed,       // a signal or a sanitizer stopped the program
  kTimedOut,
  kSilent,    // the program ended and its tests are not in its report
  kLater,     // not tested yet: the learner has not come to it
  kNotTried,  // Bazel did not get to it: a fault of the machine
};

// A test that failed.
struct RedTest {
  std::string name;  // "Suite.Test"
  std::string file;
  int line = 0;
  bool to_write = false;  // it reached a Todo
};

struct TaskReport {
  int number = 0;
  std::string title;
  Level level = Level::kCore;
  TaskState state = TaskState::kNotTried;
  int passed = 0;
  int total = 0;
  std::string test{};      // "Suite.Test" that failed first, or was running
  std::string sentence{};  // what happened, one line, no full stop
  std::string file{};      // where to look, relative to the root; or ""
  int line = 0;
  int waits_for = 0;  // kWaits, kNeedsTask: the number of the task to do first
  // The number of a task that this one is built on and that is written and
  // wrong, so that this one may be red because of it; 0 without one.
  int cause = 0;
  bool remembered = false;  // nothing it uses has changed since an earlier test
  bool starts_threads = false;  // its test does: ThreadSanitizer can look at it
  // A sanitizer's stacks, a compiler's notes that were folded away, what a test
  // was at ("while: ..."), or what was red before a crash; a line each, without
  // the place that `file` and `line` already are.
  std::vector<std::string> details{};
  // "exercises/01_02/pool.h:75" and its first sentence; "" where none is known.
  std::string contract_place{};
  std::string contract{};
  std::string page{};  // with the task's section, relative to the root
  int page_line = 0;   // of the section in it; 0 if it has none
  RecordedProperties recorded{};     // by tests that passed
  std::vector<RedTest> red_tests{};  // in the order of the report
  bool turned_green = false;         // and was not when last checked
  std::optional<Case> found_case{};  // of a red one, where it was looked for
  // Whether counts were left out of `recorded`: the learner may still predict
  // them.
  bool hides_counts = false;

  // Counts the red tests that reached a Todo.
  int TestsToWrite() const;

  // Whether another task has to be done first.
  bool Waits() const {
    return state == TaskState::kWaits || state == TaskState::kNeedsTask;
  }
  bool Green() const { return state == TaskState::kGreen; }
};

struct ExerciseReport {
  std::string id;
  std::vector<TaskReport> tasks;
  bool has_reference = true;  // to be looked at when all is green
  // The number of the task that the learner chose, or whose file was edited
  // last; 0 where neither is known.
  int at = 0;

  int GreenTasks() const;
  int GreenTasks(Level level) const;
  int TasksOf(Level level) const;

  // All core tasks are green; all tasks are.
  bool Solved() const;
  bool Mastered() const;

  // The task to do next: the task `at` while it is not green, or the one that
  // it waits for or is red because of; else of the core tasks that are not
  // green the first that does not wait for another, or the one that they wait
  // for; then the same of the deep tasks. nullptr when all are green.
  const TaskReport* NextTask() const;

  // The lowest core task that is not green; nullptr when all are.
  const TaskReport* LowestOpenCoreTask() const;

 private:
  const TaskReport* NextTaskOf(Level level) const;

  // The task that is not green, or the one that it waits for, or is red
  // because of.
  const TaskReport* FirstToDo(const TaskReport& task) const;
};

// Whether nothing was found out about a task.
inline bool IsUntested(const TaskReport& task) {
  return task.state == TaskState::kLater || task.state == TaskState::kNotTried;
}

// Makes the report of an exercise of which no task is tested yet: each says
// where the learner begins.
// Cost: reads the learner's files; builds nothing.
ExerciseReport MakeReportBefore(const std::filesystem::path& root,
                                const Exercise& exercise);

// Joins `events` with the reports that they name and with the tests that each
// test file declares. An exit code alone makes nothing green: every declared
// test must be in the report, and passed. A task that is not in `tested` (empty
// is all of them) is for later.
ExerciseReport MakeReport(const std::filesystem::path& root,
                          const Exercise& exercise, const BuildEvents& events,
                          const std::set<int>& tested = {});

// One word for a table and for --json: "green", "to write", "red", ...
std::string_view StateName(TaskState state);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_EXERCISE_REPORT_H_
