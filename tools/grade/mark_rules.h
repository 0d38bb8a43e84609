// SPDX-License-Identifier: Apache-2.0

// grade.toml: what a mark is made of.
#ifndef WORKBOOK_TOOLS_GRADE_MARK_RULES_H_
#define WORKBOOK_TOOLS_GRADE_MARK_RULES_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace workbook::grade {

// grade.toml; every field may be left out.
//
//   [marks]                what a task's points are made of; sums to 100
//   correctness = 70       tests
//   counts = 20            allocations, bytes and peak against the reference
//   instructions = 10      callgrind's, against the reference
//   hidden_share = 0.6     of correctness, where a task has hidden tests
//
//   [weights]              points of a task by its number; 10 where not named
//   "1" = 20
//
//   [late]                 needs the times of handing in (late.h)
//   due = 2026-12-01T23:59:59+01:00
//   free_days = 0          that cost nothing
//   percent_a_day = 10     of the points, for each day that is begun
//
//   [late.extensions]      more free days, by student
//   ada = 3
//
//   [visibility]           what a student's feedback shows
//   hidden_tests = "points"  "points", "names" or "nothing"
struct MarkRules {
  double correctness = 70;
  double counts = 20;
  double instructions = 10;
  double hidden_share = 0.6;
  std::map<int, double> weights;
  std::optional<std::int64_t> due_seconds;  // since 1970 in UTC
  int late_free_days = 0;
  double late_percent_a_day = 10;
  std::map<std::string, int> extensions;
  std::string hidden_tests = "points";

  // Not of the file, but of --level: "core" or "all", and the numbers of the
  // tasks that are not marked then. Their weight is 0, whatever `weights` says.
  std::string level = "all";
  std::set<int> unmarked_tasks;

  double WeightOf(int task) const;
  // 0 to 100, for days that are charged.
  double LatePercent(int days) const;
};

struct MarkRulesResult {
  MarkRules rules;
  std::vector<std::string> problems;  // "grade.toml:3: ..."
};

// On failure: `problems` says each with its line; unknown fields are problems.
MarkRulesResult ReadMarkRules(const std::filesystem::path& path);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_MARK_RULES_H_
