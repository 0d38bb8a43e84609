// SPDX-License-Identifier: Apache-2.0

// Which tasks of an exercise are built on others, by what their files include.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TASK_USES_H_
#define WORKBOOK_TOOLS_WORKBOOK_TASK_USES_H_

#include <filesystem>
#include <set>

#include "tools/course/exercise.h"

namespace workbook::cli {

// Returns the numbers of the other tasks whose files those of `task` and its
// tests include, directly or by a file of the exercise.
// Cost: a read of each such file.
// Thread safety: any thread.
std::set<int> TasksUsedBy(const std::filesystem::path& root,
                          const Exercise& exercise, const Task& task);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TASK_USES_H_
