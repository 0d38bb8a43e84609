// SPDX-License-Identifier: Apache-2.0

// From verdicts to marks.
#ifndef WORKBOOK_TOOLS_GRADE_MARKS_H_
#define WORKBOOK_TOOLS_GRADE_MARKS_H_

#include "tools/grade/mark_rules.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// 1 up to `full` times the reference, 0 from `none` times on, linear in the
// logarithm between: slower by the same factor costs the same anywhere.
double Scale(double ratio, double full, double none);

// Fills in the marks of the result and of its tasks, and marks nothing where
// `result.state` is not "graded". Says in the result whose level was marked:
// the tasks of another level are worth no points. A task whose tests are not
// all green gets no marks for counts or instructions. Rounded to 0.05 of a
// task's share, then to hundredths of a point. Where a measure has no value for
// the reference (its counts differ from run to run), its share goes to
// correctness. Last, `late_percent` for the result's late_days is taken off.
void Mark(const Plan& plan, const MarkRules& rules, Result& result);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_MARKS_H_
