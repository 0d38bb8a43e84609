// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/figures.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace workbook::grade {
namespace {

// GoogleTest makes the test's object between start and end; no test has less.
constexpr std::int64_t kEmptyTestAllocations = 1;
constexpr std::int64_t kEmptyTestBytes = sizeof(void*);

// A solution of a tenth of the reference's instructions was never seen.
constexpr std::int64_t kTooFew = 10;

bool AllPassed(const TaskResult& task) {
  return !task.tests.empty() &&
         std::all_of(task.tests.begin(), task.tests.end(),
                     [](const TestVerdict& test) {
                       return test.hidden || test.state == TestState::kPassed;
                     });
}

const char* FigureOf(const TestCost& cost) {
  if (cost.allocations < kEmptyTestAllocations ||
      cost.bytes < kEmptyTestBytes) {
    return " passed with fewer allocations than an empty test has";
  }
  if (cost.peak_bytes < 0 || cost.peak_bytes > cost.bytes) {
    return " held more bytes at once than it allocated in all";
  }
  return "";
}

// Where the reference's count is such a figure too, or there is none, the test
// replaces what is counted.
std::string FigureOf(const PlannedTask& plan, const TestVerdict& test) {
  if (!test.message.empty()) return " passed, with a message of failure";
  const auto reference = plan.costs.find(test.name);
  const bool is_counted =
      reference != plan.costs.end() && *FigureOf(reference->second) == '\0';
  return is_counted ? FigureOf(test.cost) : "";
}

std::string FigureOf(const PlannedTask& plan, const TaskResult& task) {
  const std::string name = "task " + std::to_string(task.number);
  if (task.failed_when_counted) {
    return name + " passed its tests, and failed them when they were counted";
  }
  if (plan.instructions <= 0 || !AllPassed(task)) return "";
  if (task.instructions <= 0) return name + " is green and has no instructions";
  return task.instructions < plan.instructions / kTooFew
             ? name + " has under a tenth of the reference's instructions"
             : "";
}

}  // namespace

std::vector<std::string> ImpossibleFigures(const Plan& plan,
                                           const Result& result) {
  std::vector<std::string> flags;
  const auto add = [&flags](const std::string& figure) {
    if (!figure.empty()) flags.push_back("impossible: " + figure);
  };
  for (std::size_t i = 0; i < result.tasks.size(); ++i) {
    const TaskResult& task = result.tasks[i];
    if (task.state != TaskState::kGraded) continue;
    add(FigureOf(plan.tasks[i], task));
    for (const TestVerdict& test : task.tests) {
      if (test.state != TestState::kPassed) continue;
      const std::string figure = FigureOf(plan.tasks[i], test);
      if (!figure.empty()) add(test.name + figure);
    }
  }
  return flags;
}

}  // namespace workbook::grade
