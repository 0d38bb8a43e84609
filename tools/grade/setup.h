// SPDX-License-Identifier: Apache-2.0

// What grading, regrading and writing jobs begin with: an exercise that is
// ready to be graded, and the submissions.
#ifndef WORKBOOK_TOOLS_GRADE_SETUP_H_
#define WORKBOOK_TOOLS_GRADE_SETUP_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/course/course.h"
#include "tools/grade/batch.h"
#include "tools/grade/jail_folder.h"
#include "tools/grade/late.h"
#include "tools/grade/ledger.h"
#include "tools/grade/mark_rules.h"
#include "tools/grade/plan.h"
#include "tools/problem/problem.h"

namespace workbook::grade {

struct SetupOptions {
  std::string exercise;
  std::string submissions;
  std::string config;         // grade.toml; empty for the defaults
  std::string times;          // of handing in, where late.due is set
  int jobs = 0;               // 0: one a processor
  std::string level = "all";  // or "core": whose tasks are marked
};

// Checks the word and leaves out the deep tasks of the exercise if it is
// "core".
// Thread safety: any thread.
// On failure: what, where, what next; `rules` is not changed.
Problem ChooseLevel(const std::string& level, const Exercise& exercise,
                    MarkRules& rules);

// A missing layer of the jail is told on stderr; one that is required is the
// failure.
Problem CheckJail();

class Setup {
 public:
  // What is quick: looks at everything that the command line names, and at the
  // jail. REQUIRES: `course` outlives the setup.
  // On failure: what, where, what next.
  Problem Read(const Course& course, const SetupOptions& options);

  // What is slow: builds and grades the reference, or reads what an earlier run
  // found. The plan's seed is that of `ledger`, or a new one where that has
  // none. REQUIRES: Read went well.
  Problem PreparePlan(const Ledger& ledger);

  const std::filesystem::path& root() const { return course_->root; }
  const Exercise& exercise() const { return *exercise_; }
  const MarkRules& rules() const { return rules_; }
  const std::vector<std::filesystem::path>& paths() const { return paths_; }
  const Plan& plan() const { return plan_; }

  // For a pool of workers with the judge, the days that students are late, and
  // a progress line on stderr. REQUIRES: the setup outlives it.
  BatchOptions batch() const;

 private:
  Problem ReadRules();
  std::filesystem::path kept_objects() const;

  const Course* course_ = nullptr;
  const Exercise* exercise_ = nullptr;
  SetupOptions options_;
  MarkRules rules_;
  HandInTimes times_;
  std::vector<std::filesystem::path> paths_;
  JailFolder folder_;
  Plan plan_;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_SETUP_H_
