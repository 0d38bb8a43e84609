#include "tools/grade/marks.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace workbook::grade {
namespace {

constexpr double kDefaultWeight = 10;
// Flat up to a quarter more, nothing from eight times on: wider than any
// honest difference in style, and no step where noise could decide.
constexpr double kFull = 1.25;
constexpr double kNone = 8;
constexpr double kStep = 0.05;

double Round(double share) { return std::round(share / kStep) * kStep; }

double PassedShare(const std::vector<TestVerdict>& tests, bool hidden) {
  double passed = 0;
  double all = 0;
  for (const TestVerdict& test : tests) {
    if (test.hidden != hidden) continue;
    ++all;
    if (test.state == TestState::kPassed) ++passed;
  }
  return all == 0 ? -1 : passed / all;
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
  const double visible = std::max(0.0, PassedShare(task.tests, false));
  const double hidden = PassedShare(task.tests, true);
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

class Fields {
 public:
  Fields(const toml::table& file, std::string name,
         std::vector<std::string>& problems)
      : file_name_(std::move(name)), problems_(problems), file_(file) {}

  void Number(const char* section, const char* field, double least, double most,
              double& value) {
    known_.insert(std::string(section) + "." + field);
    const auto node = file_[section][field];
    if (!node) return;
    const auto number = node.value<double>();
    if (!number || !(*number >= least && *number <= most)) {
      Problem(*node.node(),
              std::string(section) + "." + field + " must be a number from " +
                  std::to_string(static_cast<int>(least)) + " to " +
                  std::to_string(static_cast<int>(most)));
      return;
    }
    value = *number;
  }

  void Weights(std::map<int, double>& weights) {
    known_.insert("weights.*");
    const toml::table* const table = file_["weights"].as_table();
    if (table == nullptr) return;
    for (const auto& [key, node] : *table) {
      const int task = std::atoi(std::string(key.str()).c_str());
      const auto value = node.value<double>();
      if (task < 1 || !value || !(*value >= 0 && *value <= 1000)) {
        Problem(node, "weights are \"TASK\" = POINTS, 0 to 1000");
        continue;
      }
      weights[task] = *value;
    }
  }

  void RefuseUnknown() {
    for (const auto& [section, node] : file_) {
      const std::string name(section.str());
      const toml::table* const table = node.as_table();
      if (table == nullptr) {
        Problem(node, "there is no field " + name);
        continue;
      }
      for (const auto& [field, value] : *table) {
        const std::string full = name + "." + std::string(field.str());
        if (!known_.contains(full) && !known_.contains(name + ".*")) {
          Problem(value, "there is no field " + full);
        }
      }
    }
  }

  void Choice(const char* section, const char* field,
              const std::set<std::string>& choices, std::string& value) {
    known_.insert(std::string(section) + "." + field);
    const auto node = file_[section][field];
    if (!node) return;
    const auto text = node.value<std::string>();
    if (!text || !choices.contains(*text)) {
      Problem(*node.node(), std::string(section) + "." + field +
                                " is not one of its choices");
      return;
    }
    value = *text;
  }

  void Problem(const toml::node& node, const std::string& what) {
    problems_.push_back(file_name_ + ":" +
                        std::to_string(node.source().begin.line) + ": " + what);
  }

 private:
  std::string file_name_;
  std::vector<std::string>& problems_;
  const toml::table& file_;
  std::set<std::string> known_;
};

}  // namespace

double MarkRules::WeightOf(int task) const {
  const auto found = weights.find(task);
  return found == weights.end() ? kDefaultWeight : found->second;
}

MarkRulesResult ReadMarkRules(const std::filesystem::path& path) {
  MarkRulesResult read;
  toml::table file;
  try {
    file = toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    read.problems.push_back(path.string() + ":" +
                            std::to_string(error.source().begin.line) + ": " +
                            std::string(error.description()));
    return read;
  }
  MarkRules& rules = read.rules;
  Fields fields(file, path.string(), read.problems);
  fields.Number("marks", "correctness", 0, 100, rules.correctness);
  fields.Number("marks", "counts", 0, 100, rules.counts);
  fields.Number("marks", "instructions", 0, 100, rules.instructions);
  fields.Number("marks", "hidden_share", 0, 1, rules.hidden_share);
  double free_days = rules.late_free_days;
  fields.Number("late", "free_days", 0, 365, free_days);
  rules.late_free_days = static_cast<int>(free_days);
  fields.Number("late", "percent_a_day", 0, 100, rules.late_percent_a_day);
  fields.Choice("visibility", "hidden_tests", {"points", "names", "nothing"},
                rules.hidden_tests);
  fields.Weights(rules.weights);
  fields.RefuseUnknown();
  if (std::abs(rules.correctness + rules.counts + rules.instructions - 100) >
      1e-9) {
    read.problems.push_back(path.string() +
                            ": [marks] correctness, counts and instructions "
                            "must sum to 100");
  }
  return read;
}

double Scale(double ratio, double full, double none) {
  if (!(ratio > full)) return 1;
  if (ratio >= none) return 0;
  return 1 - std::log(ratio / full) / std::log(none / full);
}

void Mark(const Plan& plan, const MarkRules& rules, Result& result) {
  result.points = result.max_points = 0;
  for (const PlannedTask& task : plan.tasks) {
    result.max_points += rules.WeightOf(task.number);
  }
  if (result.state != "graded") return;
  for (std::size_t i = 0; i < result.tasks.size(); ++i) {
    MarkTask(plan.tasks[i], rules, result.tasks[i]);
    result.points += result.tasks[i].points;
  }
  result.points = std::round(result.points * 100) / 100;
}

}  // namespace workbook::grade
