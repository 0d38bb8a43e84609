// SPDX-License-Identifier: Apache-2.0

// Runs the tests of an exercise and remembers how its tasks stand.
#ifndef WORKBOOK_TOOLS_WORKBOOK_CHECKING_H_
#define WORKBOOK_TOOLS_WORKBOOK_CHECKING_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/problem/problem.h"
#include "tools/workbook/exercise_report.h"
#include "tools/workbook/session.h"

namespace workbook::cli {

struct CheckResult {
  std::optional<Problem> problem;  // then there is no report
  ExerciseReport report;
  // Why Bazel did not get to a task, in its own words; empty if it did.
  std::vector<std::string> bazel_errors;
};

struct CheckScope {
  int at = 0;        // the task that the learner chose or edits; 0 for none
  bool all = false;  // every task of the exercise
  std::set<int> edited{};  // tasks that the learner has changed
  // Deep tasks with nothing to test: every file is its stub.
  std::set<int> untouched{};
};

// The numbers of the tasks that a check tests: those that were tested before
// or are edited, and the one that `scope` names, or the first that is not
// green; of the untouched ones only the one that `scope` names. A learner's
// first check compiles one test, and not those of tasks that he comes to next
// week.
std::set<int> TasksToTest(const Session& session, const Exercise& exercise,
                          const CheckScope& scope);

// Tests these tasks; the others are for later.
// Cost: one `bazel test` of their tests. Those that use nothing that has
// changed since the last one keep their result. Where that is all of them, the
// red ones are run again: a second call, for whoever suspects the machine.
CheckResult CheckExercise(Session& session, const Exercise& exercise,
                          const CheckScope& scope);

// Tests the tasks `numbers` with ThreadSanitizer; all others are for later.
// What the check above remembers stays.
// Cost: a build of its own, minutes the first time.
CheckResult CheckForRaces(const Session& session, const Exercise& exercise,
                          const std::set<int>& numbers);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CHECKING_H_
