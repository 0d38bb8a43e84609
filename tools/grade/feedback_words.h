// SPDX-License-Identifier: Apache-2.0

// The sentences of a student's page, without markup: what happened, where, and
// what to do next.
#ifndef WORKBOOK_TOOLS_GRADE_FEEDBACK_WORDS_H_
#define WORKBOOK_TOOLS_GRADE_FEEDBACK_WORDS_H_

#include <string>
#include <vector>

#include "tools/grade/marks.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// Whether a student sees this test by its name.
bool IsShown(const TestVerdict& test, const MarkRules& rules);

// Neither passed nor skipped.
bool IsFailure(const TestVerdict& test);

// The points, and the task to look at first with what is wrong there: one that
// was not graded before others, because others may be red for it.
std::string FirstWords(const Result& result, const MarkRules& rules);

// Why the task was not graded, and what to do; "" where it was.
std::string WhyNotGraded(const TaskResult& task, const std::string& exercise);

// A sentence for each way in which the shown tests ended that needs one.
std::vector<std::string> WhatEndsMean(const TaskResult& task,
                                      const MarkRules& rules,
                                      const std::string& exercise);

// What is missing where all tests pass; "" elsewhere.
std::string WhatIsMissing(const TaskResult& task);

// "hidden tests: 3 of 4 passed\n" where the rules show their points, else "".
std::string HiddenSummary(const TaskResult& task, const MarkRules& rules);

// What to do where only hidden tests fail, and the rules let them be known.
std::string HiddenAdvice(const TaskResult& task, const MarkRules& rules);

// "Handed in 2 days late, so 20 % of the points are taken off.\n", or "".
std::string LateNote(const Result& result);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_FEEDBACK_WORDS_H_
