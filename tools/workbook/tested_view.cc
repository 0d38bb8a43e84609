// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/tested_view.h"

#include <algorithm>
#include <string>

#include "fmt/format.h"
#include "fmt/ranges.h"

namespace workbook::cli {
namespace {

// "task 3", "tasks 1, 2", "tasks 1 to 12, 14".
std::string TaskNumbers(const std::vector<int>& numbers) {
  constexpr size_t kShortestRun = 3;
  std::vector<std::string> parts;
  for (size_t begin = 0; begin < numbers.size();) {
    size_t end = begin + 1;
    while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
    if (end - begin >= kShortestRun) {
      parts.push_back(
          fmt::format("{} to {}", numbers[begin], numbers[end - 1]));
      begin = end;
    } else {
      parts.push_back(std::to_string(numbers[begin++]));
    }
  }
  return fmt::format("task{} {}", numbers.size() == 1 ? "" : "s",
                     fmt::join(parts, ", "));
}

}  // namespace

std::string ShowTested(const ExerciseReport& report) {
  std::vector<int> now;
  std::vector<int> remembered;
  for (const TaskReport& task : report.tasks) {
    if (IsUntested(task)) continue;
    (task.remembered ? remembered : now).push_back(task.number);
  }
  if (now.empty() && remembered.empty()) return {};
  if (now.empty()) {
    return fmt::format(
        "No test had to run, because the same code was tested before: "
        "{}.\n",
        TaskNumbers(remembered));
  }
  return fmt::format(
      "Tested now: {}.{}\n", TaskNumbers(now),
      remembered.empty()
          ? ""
          : fmt::format(
                " Not run again, because the same code was tested before: {}.",
                TaskNumbers(remembered)));
}

std::string ShowLater(const ExerciseReport& report, const Exercise& exercise) {
  const bool any = std::any_of(
      report.tasks.begin(), report.tasks.end(),
      [](const auto& task) { return task.state == TaskState::kLater; });
  return any ? fmt::format(
                   "Tasks for later are those that you have not edited. All "
                   "now: ./workbook check {} --all\n",
                   exercise.id)
             : "";
}

std::string ShowBazelErrors(const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string text = "Bazel says:\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text + "\n";
}

}  // namespace workbook::cli
