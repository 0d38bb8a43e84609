// SPDX-License-Identifier: Apache-2.0

// Results in the formats that other programs read.
#ifndef WORKBOOK_TOOLS_GRADE_EXPORTS_H_
#define WORKBOOK_TOOLS_GRADE_EXPORTS_H_

#include <string>

#include "tools/grade/marks.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// Text of students and tests is not trusted in any of them: control characters
// go, and what has a meaning in the format is escaped.

// Gradescope's results.json of one student. Hidden tests are shown as `rules`
// say, as one entry a task or as names, never with their messages.
std::string GradescopeResults(const Result& result, const MarkRules& rules);

// JUnit XML: a suite a student, a case a test. The file is the head, the suites
// and the end.
inline constexpr char kJUnitHead[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
std::string JUnitSuite(const Result& result);
inline constexpr char kJUnitEnd[] = "</testsuites>\n";

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_EXPORTS_H_
