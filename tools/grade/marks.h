// From verdicts to marks.
#ifndef WORKBOOK_TOOLS_GRADE_MARKS_H_
#define WORKBOOK_TOOLS_GRADE_MARKS_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// grade.toml; every field may be left out.
//
//   [marks]                what a task's points are made of; sums to 100
//   correctness = 70       tests
//   counts = 20            allocations, bytes and peak against the reference
//   instructions = 10      callgrind's, against the reference
//   hidden_share = 0.4     of correctness, where a task has hidden tests
//
//   [weights]              points of a task by its number; 10 where not named
//   "1" = 20
//
//   [late]
//   free_days = 0
//   percent_a_day = 10
//
//   [visibility]           what a student's feedback shows
//   hidden_tests = "points"  "points", "names" or "nothing"
struct MarkRules {
  double correctness = 70;
  double counts = 20;
  double instructions = 10;
  double hidden_share = 0.4;
  std::map<int, double> weights;
  int late_free_days = 0;
  double late_percent_a_day = 10;
  std::string hidden_tests = "points";

  double WeightOf(int task) const;
};

struct MarkRulesResult {
  MarkRules rules;
  std::vector<std::string> problems;  // "grade.toml:3: ..."
};

// On failure: `problems` says each with its line; unknown fields are problems.
MarkRulesResult ReadMarkRules(const std::filesystem::path& path);

// 1 up to `full` times the reference, 0 from `none` times on, linear in the
// logarithm between: slower by the same factor costs the same anywhere.
double Scale(double ratio, double full, double none);

// Fills in the marks of the result and of its tasks, and marks nothing where
// `result.state` is not "graded". A task whose tests are not all green gets no
// marks for counts or instructions. Rounded to 0.05 of a task's share, then to
// hundredths of a point. Where a measure has no value for the reference (its
// counts differ from run to run), its share goes to correctness.
void Mark(const Plan& plan, const MarkRules& rules, Result& result);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_MARKS_H_
