// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/causes.h"

#include <map>
#include <set>
#include <utility>

#include "tools/workbook/task_uses.h"

namespace workbook::cli {
namespace {

// Whether a task failed in a way that another task's fault can explain.
bool MayHaveACause(const TaskReport& task) {
  return task.state == TaskState::kRed || task.state == TaskState::kCrashed ||
         task.state == TaskState::kTimedOut || task.state == TaskState::kSilent;
}

// Whether a test of a task failed that was written: it may be the cause of
// another task's failure.
bool IsWrittenAndWrong(const TaskReport& task) {
  const bool has_red_test =
      task.state == TaskState::kToWrite &&
      task.TestsToWrite() < static_cast<int>(task.red_tests.size());
  return MayHaveACause(task) || has_red_test;
}

}  // namespace

void AddCauses(const std::filesystem::path& root, const Exercise& exercise,
               ExerciseReport& report) {
  std::map<int, std::set<int>> wrong_uses;
  for (const TaskReport& task : report.tasks) {
    if (!IsWrittenAndWrong(task)) continue;
    const auto at = static_cast<size_t>(task.number - 1);
    std::set<int> used = TasksUsedBy(root, exercise, exercise.tasks[at]);
    std::erase_if(used, [&](int number) {
      return !IsWrittenAndWrong(report.tasks[static_cast<size_t>(number - 1)]);
    });
    wrong_uses[task.number] = std::move(used);
  }
  for (TaskReport& task : report.tasks) {
    if (!MayHaveACause(task)) continue;
    for (const int number : wrong_uses[task.number]) {
      // Where two use each other, the lower one is first.
      const std::set<int>& deeper = wrong_uses[number];
      const bool is_root = deeper.empty() || (deeper.contains(task.number) &&
                                              number < task.number);
      if (!is_root) continue;
      task.cause = number;
      break;
    }
  }
}

}  // namespace workbook::cli
