// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/marks.h"

#include <algorithm>
#include <cmath>

namespace workbook::grade {
namespace {

// Flat up to a quarter more, nothing from eight times on: wider than any
// honest difference in style, and no step where noise could decide.
constexpr double kFull = 1.25;
constexpr double kNone = 8;
constexpr double kStep = 0.05;

double Round(double share) { return std::round(share / kStep) * kStep; }

struct Passed {
  double passed = 0;
  double all = 0;
  double Share() const { return all == 0 ? 1 : passed / all; }
};

template <class Which>
Passed Count(const std::vector<TestVerdict>& tests, Which which) {
  Passed count;
  for (const TestVerdict& test : tests) {
    if (!which(test)) continue;
    ++count.all;
    if (test.state == TestState::kPassed) ++count.passed;
  }
  return count;
}

// Of a hidden test it is the submission's own process that says how it ended:
// it counts as far as the answers to the cases of the same task are right.
double HiddenShare(const std::vector<TestVerdict>& tests) {
  const Passed cases =
      Count(tests, [](const TestVerdict& test) { return test.IsCase(); });
  const Passed inside = Count(tests, [](const TestVerdict& test) {
    return test.hidden && !test.IsCase();
  });
  if (cases.all + inside.all == 0) return -1;
  return (cases.passed + inside.passed * cases.Share()) /
         (cases.all + inside.all);
}

double Ratio(std::int64_t value, std::int64_t reference) {
  // One more on both sides: a reference of 0 is not beaten and not infinite.
  return static_cast<double>(value + 1) / static_cast<double>(reference + 1);
}

// The mean over allocations, bytes and peak; -1 without a steady reference.
double CountsShare(const PlannedTask& plan, const TaskResult& task) {
  TestCost reference;
  TestCost own;
  bool any = false;
  for (const TestVerdict& test : task.tests) {
    const auto cost = plan.costs.find(test.name);
    if (cost == plan.costs.end()) continue;
    any = true;
    reference.allocations += cost->second.allocations;
    reference.bytes += cost->second.bytes;
    reference.peak_bytes += cost->second.peak_bytes;
    own.allocations += test.cost.allocations;
    own.bytes += test.cost.bytes;
    own.peak_bytes += test.cost.peak_bytes;
  }
  if (!any) return -1;
  return (Scale(Ratio(own.allocations, reference.allocations), kFull, kNone) +
          Scale(Ratio(own.bytes, reference.bytes), kFull, kNone) +
          Scale(Ratio(own.peak_bytes, reference.peak_bytes), kFull, kNone)) /
         3;
}

void MarkTask(const PlannedTask& plan, const MarkRules& rules,
              TaskResult& task) {
  task.max_points = rules.WeightOf(task.number);
  task.correctness = task.counts = task.speed = task.points = 0;
  if (task.state != TaskState::kGraded) return;
  const Passed seen =
      Count(task.tests, [](const TestVerdict& test) { return !test.hidden; });
  const double visible = seen.all == 0 ? 0 : seen.Share();
  const double hidden = HiddenShare(task.tests);
  task.correctness = hidden < 0 ? visible
                                : (1 - rules.hidden_share) * visible +
                                      rules.hidden_share * hidden;
  const double counts = CountsShare(plan, task);
  const bool timed = plan.instructions > 0;
  double correctness_weight = rules.correctness;
  if (counts < 0) correctness_weight += rules.counts;
  if (!timed) correctness_weight += rules.instructions;
  if (task.correctness >= 1) {
    if (counts >= 0) task.counts = Round(counts);
    if (timed && task.instructions > 0) {
      task.speed = Round(
          Scale(Ratio(task.instructions, plan.instructions), kFull, kNone));
    }
  }
  const double share =
      (correctness_weight * task.correctness + rules.counts * task.counts +
       rules.instructions * task.speed) /
      100;
  task.points = std::round(share * task.max_points * 100) / 100;
}

}  // namespace

double Scale(double ratio, double full, double none) {
  if (!(ratio > full)) return 1;
  if (ratio >= none) return 0;
  return 1 - std::log(ratio / full) / std::log(none / full);
}

void Mark(const Plan& plan, const MarkRules& rules, Result& result) {
  result.points = result.max_points = result.late_percent = 0;
  result.level = rules.level;
  for (const PlannedTask& task : plan.tasks) {
    result.max_points += rules.WeightOf(task.number);
  }
  if (result.state != "graded") return;
  for (std::size_t i = 0; i < result.tasks.size(); ++i) {
    MarkTask(plan.tasks[i], rules, result.tasks[i]);
    result.points += result.tasks[i].points;
  }
  result.late_percent = rules.LatePercent(result.late_days);
  result.points *= 1 - result.late_percent / 100;
  result.points = std::round(result.points * 100) / 100;
}

}  // namespace workbook::grade
