// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/mark_rules.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "tools/grade/toml_time.h"

namespace workbook::grade {
namespace {

constexpr double kDefaultWeight = 10;

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

  void Due(std::optional<std::int64_t>& due_seconds) {
    known_.insert("late.due");
    const auto node = file_["late"]["due"];
    if (!node) return;
    const auto time = node.value<toml::date_time>();
    due_seconds = time ? SecondsOf(*time) : std::nullopt;
    if (!due_seconds) {
      Problem(*node.node(),
              "late.due must be a time with an offset, as "
              "2026-12-01T23:59:59+01:00");
    }
  }

  void Extensions(std::map<std::string, int>& extensions) {
    known_.insert("late.extensions");
    const toml::table* const table = file_["late"]["extensions"].as_table();
    if (table == nullptr) return;
    for (const auto& [student, node] : *table) {
      const auto days = node.value<std::int64_t>();
      if (!days || *days < 0 || *days > 365) {
        Problem(node, "an extension is STUDENT = DAYS, 0 to 365");
        continue;
      }
      extensions[std::string(student.str())] = static_cast<int>(*days);
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
  if (unmarked_tasks.contains(task)) return 0;
  const auto found = weights.find(task);
  return found == weights.end() ? kDefaultWeight : found->second;
}

double MarkRules::LatePercent(int days) const {
  return std::min(100.0, std::max(0, days) * late_percent_a_day);
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
  fields.Due(rules.due_seconds);
  fields.Extensions(rules.extensions);
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

}  // namespace workbook::grade
