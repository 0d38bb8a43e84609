// SPDX-License-Identifier: Apache-2.0

// What a student reads.
#ifndef WORKBOOK_TOOLS_GRADE_FEEDBACK_H_
#define WORKBOOK_TOOLS_GRADE_FEEDBACK_H_

#include <string>

#include "tools/grade/marks.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// A page without scripts: where to look first, the points of each task, then
// for each task what failed and, folded, what passed. Hidden tests are shown as
// `rules` say.
std::string FeedbackHtml(const Result& result, const MarkRules& rules);

// The head of a page and its style, for light and dark; `title` is escaped.
std::string PageHead(const std::string& title);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_FEEDBACK_H_
