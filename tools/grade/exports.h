// Results in the formats that other programs read.
#ifndef WORKBOOK_TOOLS_GRADE_EXPORTS_H_
#define WORKBOOK_TOOLS_GRADE_EXPORTS_H_

#include <string>
#include <vector>

#include "tools/grade/marks.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// Text of students and tests is not trusted in any of them: control characters
// go, and what has a meaning in the format is escaped.

// Gradescope's results.json of one student. Hidden tests are shown as `rules`
// say, as one entry a task or as names, never with their messages.
std::string GradescopeResults(const Result& result, const MarkRules& rules);

// JUnit XML: a suite a student, a case a test.
std::string JUnitXml(const std::vector<Result>& results);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_EXPORTS_H_
