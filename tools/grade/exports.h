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

// One page of feedback; scripts and links have no place in it.
std::string FeedbackHtml(const Result& result, const MarkRules& rules);

struct CanvasResult {
  std::string csv;
  std::string error;                   // empty if all is well
  std::vector<std::string> unmatched;  // students that no submission names
};

// Canvas's own export with one column more: the points under
// `assignment` ("Workbook 3 (12345)"), two decimals. A submission belongs to
// the student whose ID, SIS User ID or SIS Login ID is its name, up to the
// first '.' of an archive's. A student without one keeps an empty cell. Where
// the column is in the export, it is filled in there.
// On failure: `error` names the line of a damaged export.
CanvasResult CanvasCsv(const std::string& canvas_export,
                       const std::string& assignment,
                       const std::vector<Result>& results);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_EXPORTS_H_
