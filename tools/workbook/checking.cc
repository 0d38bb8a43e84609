// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/checking.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "tools/workbook/build_errors.h"
#include "tools/workbook/building.h"
#include "tools/workbook/direct/direct.h"
#include "tools/workbook/file_lock.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {
namespace {

// WORKBOOK_DIRECT=0 leaves everything to Bazel: to compare the two.
bool MayGoPastBazel() {
  const char* const setting = std::getenv("WORKBOOK_DIRECT");
  return setting == nullptr || std::string_view(setting) != "0";
}

// For `hint`. A task that does not build keeps the test that was red before.
void RememberRedTest(const ExerciseReport& report, const TaskReport& task,
                     Progress& progress) {
  const Progress::TaskKey key{report.id, task.number};
  if (task.Green()) {
    progress.red_tests.erase(key);
  } else if (!task.test.empty()) {
    progress.red_tests[key] = task.test;
  }
}

// Before the progress is written: it says how the tasks stood.
void MarkTurnedGreen(const Session& session, const Exercise& exercise,
                     ExerciseReport& report) {
  for (TaskReport& task : report.tasks) {
    task.turned_green = task.Green() && !session.IsGreen(exercise, task.number);
  }
}

void RememberReport(Session& session, const ExerciseReport& report) {
  const std::string now = UtcNow();
  session.Remember([&](Progress& progress) {
    progress.current = report.id;
    for (const TaskReport& task : report.tasks) {
      if (IsUntested(task)) continue;
      progress.tasks[{report.id, task.number}] = {
          .green = task.Green(), .passed = task.passed, .total = task.total};
      RememberRedTest(report, task, progress);
    }
    // Solved once stays solved: trying something afterwards costs nothing.
    if (report.Solved()) progress.solved.emplace(report.id, now);
    if (report.Mastered()) progress.mastered.emplace(report.id, now);
  });
}

// For `report`. A disk that refuses is told, and does not stop the check.
void KeepProperties(const Session& session, const ExerciseReport& report) {
  RecordedProperties recorded;
  for (const TaskReport& task : report.tasks) {
    recorded.insert(task.recorded.begin(), task.recorded.end());
  }
  if (const auto problem =
          KeepRecorded(session.state_folder(), report.id, recorded)) {
    Report(*problem);
  }
}

// The red tests, where all results are those of an earlier run; else none.
std::vector<std::string> RedOnesIfNothingRan(
    const std::vector<std::string>& labels, const BuildEvents& events) {
  std::vector<std::string> red;
  for (const std::string& label : labels) {
    const auto found = events.targets.find(label);
    if (found == events.targets.end() || !found->second.test ||
        !found->second.test->cached) {
      return {};
    }
    if (!found->second.test->Passed()) red.push_back(label);
  }
  return red;
}

BuildOutcome TestWithBazel(const Session& session,
                           const std::vector<std::string>& labels,
                           const std::string& what) {
  BuildOutcome run =
      TestTargets(session.root(), labels, what, RedTests::kKeepResult);
  const auto red = RedOnesIfNothingRan(labels, run.events);
  if (run.problem || red.empty()) return run;
  BuildOutcome again = TestTargets(
      session.root(), red,
      fmt::format("Nothing has changed: {} red tests once more", red.size()),
      RedTests::kRunAgain);
  // What it has no word about keeps what the first run said.
  again.events.targets.merge(run.events.targets);
  again.events.actions.merge(run.events.actions);
  return again;
}

std::vector<std::string> LabelsOf(const Exercise& exercise,
                                  const std::set<int>& tasks) {
  std::vector<std::string> labels;
  for (const Task& task : exercise.tasks) {
    if (tasks.contains(task.number)) {
      labels.push_back(exercise.TestLabel(task));
    }
  }
  return labels;
}

// The report of a run, and why Bazel did not get to a task.
CheckResult Judged(const Session& session, const Exercise& exercise,
                   const BuildOutcome& run, const std::set<int>& tested) {
  CheckResult result;
  result.problem = run.problem;
  if (run.problem) return result;
  result.report = MakeReport(session.root(), exercise, run.events, tested);
  const auto& tasks = result.report.tasks;
  if (std::any_of(tasks.begin(), tasks.end(), [](const TaskReport& task) {
        return task.state == TaskState::kNotTried;
      })) {
    result.bazel_errors = run.error_lines;
  }
  return result;
}

// Past Bazel where that gives the same, sooner.
BuildOutcome TestExercise(const Session& session, const Exercise& exercise,
                          const std::set<int>& tasks) {
  direct::Place place{
      .root = session.root(),
      .folder = exercise.folder.string(),
      .labels = LabelsOf(exercise, tasks),
      .scratch = session.state_folder() / "direct" / exercise.id};
  const std::string what =
      tasks.size() == 1 ? fmt::format("Building and testing {} task {}",
                                      exercise.id, *tasks.begin())
                        : fmt::format("Building and testing {} ({} tasks)",
                                      exercise.id, tasks.size());
  std::error_code ignored;
  std::filesystem::create_directories(place.scratch, ignored);
  // Two at a time would write the same objects: the other one is Bazel's.
  const FileLock lock(place.scratch / "lock", FileLock::If::kFree);
  if (!lock.held() || !MayGoPastBazel()) {
    return TestWithBazel(session, place.labels, what);
  }
  {
    const Ticker ticker(what);
    if (auto events = direct::TestDirectly(place)) {
      return {.problem = std::nullopt,
              .events = *std::move(events),
              .error_lines = {}};
    }
  }
  const direct::Before before = direct::LookBefore(place);
  BuildOutcome run = TestWithBazel(session, place.labels, what);
  if (run.problem) return run;
  direct::Remember(
      place, before, run.events,
      {.actions = [&] { return ActionsBehind(place.root, place.labels); },
       .execution_root = [&] { return ExecutionRoot(place.root); }});
  return run;
}

}  // namespace

std::set<int> TasksToTest(const Session& session, const Exercise& exercise,
                          const CheckScope& scope) {
  std::set<int> tasks;
  int first_core = 0;
  int first_deep = 0;
  for (const Task& task : exercise.tasks) {
    const auto& known = session.progress().tasks;
    if (!scope.all && scope.untouched.contains(task.number)) continue;
    if (scope.all || scope.edited.contains(task.number) ||
        known.contains({exercise.id, task.number})) {
      tasks.insert(task.number);
    }
    int& first = task.level == Level::kCore ? first_core : first_deep;
    if (first == 0 && !session.IsGreen(exercise, task.number)) {
      first = task.number;
    }
  }
  const int open = first_core != 0 ? first_core : first_deep;
  const bool is_elsewhere =
      scope.at != 0 && !session.IsGreen(exercise, scope.at);
  if (open != 0 && !is_elsewhere) tasks.insert(open);
  if (scope.at != 0) tasks.insert(scope.at);
  return tasks;
}

CheckResult CheckExercise(Session& session, const Exercise& exercise,
                          const CheckScope& scope) {
  const std::set<int> tested = TasksToTest(session, exercise, scope);
  const auto start = std::filesystem::file_time_type::clock::now();
  const BuildOutcome run = TestExercise(session, exercise, tested);
  CheckResult result = Judged(session, exercise, run, tested);
  if (result.problem) return result;
  MarkTurnedGreen(session, exercise, result.report);
  RememberReport(session, result.report);
  session.MarkLook(start);
  KeepProperties(session, result.report);
  if (const auto problem =
          KeepBuildErrors(session.state_folder(), result.report)) {
    Report(*problem);
  }
  return result;
}

CheckResult CheckForRaces(const Session& session, const Exercise& exercise,
                          const std::set<int>& numbers) {
  const BuildOutcome run = TestForRaces(
      session.root(), LabelsOf(exercise, numbers),
      fmt::format("Building and testing {} with ThreadSanitizer", exercise.id));
  return Judged(session, exercise, run, numbers);
}

}  // namespace workbook::cli
