// SPDX-License-Identifier: Apache-2.0

// Runs the tests of an exercise and remembers how its tasks stand.
#ifndef WORKBOOK_TOOLS_WORKBOOK_CHECKING_H_
#define WORKBOOK_TOOLS_WORKBOOK_CHECKING_H_

#include <optional>
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

// Cost: one `bazel test` of the exercise's tests. Those that use nothing that
// has changed since the last one keep their result. Where that is all of them,
// the red ones are run again: a second call, for whoever suspects the machine.
CheckResult CheckExercise(Session& session, const Exercise& exercise);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CHECKING_H_
