// SPDX-License-Identifier: Apache-2.0

// How a task stands whose test has run, from its report and its log.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TEST_VERDICT_H_
#define WORKBOOK_TOOLS_WORKBOOK_TEST_VERDICT_H_

#include <vector>

#include "tools/bazel_client/build_events.h"
#include "tools/workbook/evidence.h"
#include "tools/workbook/exercise_report.h"
#include "tools/workbook/test_report.h"

namespace workbook::cli {

// Sets the state, the counts, the sentence and the place of `task`. Green are
// only tests of `expected` that the report names and calls passed: neither an
// exit code nor Bazel's own word is believed.
// REQUIRES: target.test ran.
// Cost: reads the test's report, and its log where the report is not enough.
void JudgeTest(const Evidence& evidence, const BazelTarget& target,
               const std::vector<ExpectedTest>& expected, TaskReport& task);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TEST_VERDICT_H_
