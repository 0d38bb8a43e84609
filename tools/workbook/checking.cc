#include "tools/workbook/checking.h"

#include <algorithm>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "tools/workbook/building.h"

namespace workbook::cli {
namespace {

void RememberReport(Session& session, const ExerciseReport& report) {
  const std::string now = UtcNow();
  const bool solved =
      report.GreenTasks() == static_cast<int>(report.tasks.size());
  session.Remember([&](Progress& progress) {
    progress.current = report.id;
    for (const TaskReport& task : report.tasks) {
      if (task.state == TaskState::kNotTried) continue;
      progress.tasks[{report.id, task.number}] = {
          .green = task.Green(), .passed = task.passed, .total = task.total};
    }
    // Solved once stays solved: trying something afterwards costs nothing.
    if (solved) progress.solved.emplace(report.id, now);
  });
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

BuildOutcome TestExercise(const Session& session, const Exercise& exercise) {
  std::vector<std::string> labels;
  for (const Task& task : exercise.tasks) {
    labels.push_back(exercise.TestLabel(task));
  }
  BuildOutcome run =
      TestTargets(session.root(), labels,
                  fmt::format("Building and testing {} ({} tasks)", exercise.id,
                              exercise.tasks.size()),
                  RedTests::kKeepResult);
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

}  // namespace

CheckResult CheckExercise(Session& session, const Exercise& exercise) {
  const BuildOutcome run = TestExercise(session, exercise);
  CheckResult result;
  if (run.problem) {
    result.problem = run.problem;
    return result;
  }
  result.report = MakeReport(session.root(), exercise, run.events);
  const auto& tasks = result.report.tasks;
  if (std::any_of(tasks.begin(), tasks.end(), [](const TaskReport& task) {
        return task.state == TaskState::kNotTried;
      })) {
    result.bazel_errors = run.error_lines;
  }
  RememberReport(session, result.report);
  return result;
}

}  // namespace workbook::cli
