// SPDX-License-Identifier: Apache-2.0

// ./workbook regrade: from a folder of submissions to a pending difference.
#ifndef WORKBOOK_TOOLS_GRADE_REGRADING_H_
#define WORKBOOK_TOOLS_GRADE_REGRADING_H_

#include "tools/course/course.h"
#include "tools/grade/options.h"
#include "tools/grade/setup.h"

namespace workbook::grade {

// Prints the difference and leaves it in out/regrade. The ledger in `out` is
// locked meanwhile, and is not changed.
// On failure: what, where and what next; what was graded is kept.
Problem RegradeFolder(const Course& course, const RegradeOptions& options);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_REGRADING_H_
