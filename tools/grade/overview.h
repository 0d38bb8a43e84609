// What an instructor reads of a class.
#ifndef WORKBOOK_TOOLS_GRADE_OVERVIEW_H_
#define WORKBOOK_TOOLS_GRADE_OVERVIEW_H_

#include <string>
#include <vector>

#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// One page, whole in itself: the distribution of marks as a drawing and as a
// table, each task's mean, the tests that most fail, who needs most
// instructions against the reference, and every flag. No scripts: links within
// the page are all that there is to operate.
// Cost: linear in the tests of all results. Thread safety: any thread.
std::string OverviewHtml(const Plan& plan, const std::vector<Result>& results);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OVERVIEW_H_
