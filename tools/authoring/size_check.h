// SPDX-License-Identifier: Apache-2.0

// Whether the lines that an exercise asks for fit the minutes that it states.
#ifndef WORKBOOK_TOOLS_AUTHORING_SIZE_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_SIZE_CHECK_H_

#include <filesystem>
#include <map>

#include "tools/authoring/check.h"
#include "tools/course/exercise.h"

namespace workbook {

// Counts the lines to write of each task and notes them with their minutes.
// Refuses more than 1.5 a minute for a core task and 2 for a deep one.
// Cost: that of LinesToWrite.
// Thread safety: any thread.
// On failure: problems; nothing is thrown.
Check CheckSizes(const std::filesystem::path& root, const Exercise& exercise);

// Does the same with lines that are counted already, by task.
Check JudgeSizes(const Exercise& exercise, const std::map<int, int>& lines);

// Checks that README.md's table of exercises gives the core and the deep
// minutes of this one's manifest. A course without a README.md, and a table
// that does not name the exercise, pass.
// Thread safety: any thread.
// On failure: problems; nothing is thrown.
Check CheckTableOfMinutes(const std::filesystem::path& root,
                          const Exercise& exercise);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_SIZE_CHECK_H_
