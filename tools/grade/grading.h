// SPDX-License-Identifier: Apache-2.0

// ./workbook grade: from a folder of submissions to marks and exports.
#ifndef WORKBOOK_TOOLS_GRADE_GRADING_H_
#define WORKBOOK_TOOLS_GRADE_GRADING_H_

#include "tools/course/course.h"
#include "tools/grade/options.h"
#include "tools/grade/setup.h"

namespace workbook::grade {

// Writes into `out`: events.jsonl (the ledger), result.json, junit.xml,
// class.html, gradescope/NAME.json, feedback/NAME.html, canvas.csv where there
// is a roster. On failure: what, where and what next; what was graded stays in
// the ledger.
Problem GradeFolder(const Course& course, const GradeOptions& options);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_GRADING_H_
