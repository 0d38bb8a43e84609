// SPDX-License-Identifier: Apache-2.0

// The tests of a task that failed, in the order in which a reader meets them.
#ifndef WORKBOOK_TOOLS_WORKBOOK_FAILED_TESTS_H_
#define WORKBOOK_TOOLS_WORKBOOK_FAILED_TESTS_H_

#include <string>
#include <vector>

#include "tools/workbook/evidence.h"
#include "tools/workbook/exercise_report.h"
#include "tools/workbook/failure_sentence.h"
#include "tools/workbook/test_log.h"
#include "tools/workbook/test_report.h"

namespace workbook::cli {

struct FailedTest {
  std::string name;  // "Suite.Test"
  RedTest listed;
  FailureSentence told;
  int needs_task = 0;  // whose Todo it reached, where that is another task's
};

// The failures among `cases`, as the sources declare them: GoogleTest runs the
// suites that end with DeathTest first, and a reader begins at the top.
// Thread safety: any thread, for all functions here.
std::vector<FailedTest> FailedTests(const Evidence& evidence,
                                    std::vector<TestCaseResult> cases,
                                    const std::vector<ExpectedTest>& expected,
                                    const TaskReport& task);

// Adds what the failed test was at to the details of `task`: "while: copy 3 of
// 12 throws", innermost first, and the call of the helper that failed.
// Cost: reads the test's source for the call.
void TellTraces(const Evidence& evidence, const FailedTest& test,
                TaskReport& task);

// Adds what was red before the program of `log` crashed: the tests, and in the
// details the first one's sentence and place.
void TellRedBefore(const Evidence& evidence, const TestLog& log,
                   const std::vector<ExpectedTest>& expected, TaskReport& task);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_FAILED_TESTS_H_
