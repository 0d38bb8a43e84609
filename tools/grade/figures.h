// SPDX-License-Identifier: Apache-2.0

// Figures that no honest run of a test has.
#ifndef WORKBOOK_TOOLS_GRADE_FIGURES_H_
#define WORKBOOK_TOOLS_GRADE_FIGURES_H_

#include <string>
#include <vector>

#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// A flag for each figure of `result` that can't be: a task that is green
// without an instruction, or with under a tenth of the reference's; a test that
// passed with fewer allocations or bytes than GoogleTest makes for an empty one
// or with a peak above all its bytes, where the reference has neither; one that
// passed with a message of failure; a task whose tests passed and then failed
// when they were counted.
// REQUIRES: the tasks of `result` are those of `plan`, in its order.
// Cost: linear in the tests. Thread safety: any thread.
std::vector<std::string> ImpossibleFigures(const Plan& plan,
                                           const Result& result);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_FIGURES_H_
