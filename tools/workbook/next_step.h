// SPDX-License-Identifier: Apache-2.0

// What a learner does next, from an exercise's report.
#ifndef WORKBOOK_TOOLS_WORKBOOK_NEXT_STEP_H_
#define WORKBOOK_TOOLS_WORKBOOK_NEXT_STEP_H_

#include <string>

#include "tools/workbook/exercise_report.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {

// The step to take now: the file and line to open, the page, the hint.
std::string ShowNextStep(const ExerciseReport& report, const Exercise& exercise,
                         const Terminal& terminal);

// The command that names all red tests of the next task; "" where it has one
// or none.
std::string ShowAllRedTests(const ExerciseReport& report,
                            const Exercise& exercise);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_NEXT_STEP_H_
