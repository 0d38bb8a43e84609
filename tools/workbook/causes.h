// SPDX-License-Identifier: Apache-2.0

// Tasks that may be red because of another task of the exercise.
#ifndef WORKBOOK_TOOLS_WORKBOOK_CAUSES_H_
#define WORKBOOK_TOOLS_WORKBOOK_CAUSES_H_

#include <filesystem>

#include "tools/workbook/exercise_report.h"

namespace workbook::cli {

// Sets the cause of each task of `report` that failed: of the tasks that it is
// built on and that are written and wrong, the lowest that is not itself built
// on another such one.
// REQUIRES: the report has all tasks of `exercise`, judged.
// Cost: reads the files of the tasks that failed, and what these include.
// Thread safety: any thread.
void AddCauses(const std::filesystem::path& root, const Exercise& exercise,
               ExerciseReport& report);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CAUSES_H_
