// SPDX-License-Identifier: Apache-2.0

// Grades again what has marks, as a difference that somebody looks at before it
// counts.
#ifndef WORKBOOK_TOOLS_GRADE_REGRADE_H_
#define WORKBOOK_TOOLS_GRADE_REGRADE_H_

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "tools/grade/batch.h"
#include "tools/grade/ledger.h"
#include "tools/grade/marks.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// What --only names. Nothing named is everything.
struct Selection {
  std::set<std::string> students;
  std::set<int> tasks;
  std::string error;  // a word that is neither; empty if all is well
};

// "task3" is a task, unless a submission is called so; any other word must be
// the name of a submission: its file name, or that without the ending of an
// archive.
Selection Select(const std::vector<std::string>& only, const Plan& plan,
                 const std::vector<std::filesystem::path>& paths);

struct Difference {
  std::string student;
  bool graded_before = false;
  double old_points = 0;
  double new_points = 0;
  double max_points = 0;
  bool same = false;             // the ledger has this result already
  std::vector<std::string> why;  // "Task1.A: failed -> passed"
  Result result;                 // what apply would take over

  // "new", "raised", "lowered" or "unchanged"
  const char* Change() const;
};

// A file in the ledger's folder until it is applied or cancelled.
struct Regrade {
  std::string exercise;
  std::string at;           // when it was made
  std::string ledger_head;  // Ledger::Head() that it was compared with
  std::vector<std::string> only;
  std::vector<Difference> differences;
  // Of submissions that could not be graded: they keep what they have.
  std::vector<std::string> left_out;

  std::string Id() const;  // a hash of all of it
};

void to_json(nlohmann::json& json, const Regrade& regrade);
void from_json(const nlohmann::json& json, Regrade& regrade);

// For a person: a line a student, and under it what changed.
std::string Text(const Regrade& regrade);

// Grades the selected submissions without looking at what the ledger says of
// them, and compares. Of a submission that has a result, only the selected
// tasks change. `run` keeps what is done, so that a start after a kill goes on.
// Old marks are those that `rules` and `plan` give the old verdicts: what
// changed is the verdicts, not the weights.
// REQUIRES: `run` is another ledger, begun for this selection and this head.
// Cost and failure: those of GradeAll. `ledger` is not changed.
Regrade GradeAgain(const Plan& plan, const MarkRules& rules,
                   const std::vector<std::filesystem::path>& paths,
                   const Selection& selection, const Ledger& ledger,
                   Ledger& run, const BatchOptions& options);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_REGRADE_H_
