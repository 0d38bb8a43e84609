// SPDX-License-Identifier: Apache-2.0

// Whether the hints of an exercise speak of tests and code that it has.
#ifndef WORKBOOK_TOOLS_AUTHORING_HINTS_HINT_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_HINTS_HINT_CHECK_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/check.h"
#include "tools/authoring/hints/place_code.h"
#include "tools/course/exercise.h"
#include "tools/course/hints.h"

namespace workbook {

// Checks that hints.md can be read, that a test or suite of its task has each
// name in it, that each task has a block for every 40 lines to write, and that
// the code of level 3 has a place in the reference. Whether it compiles there,
// Bazel says. Hints in a block for each task, the form from before sub-goals,
// are refused.
// Cost: that of LinesToWrite. Thread safety: any thread.
// On failure: problems; nothing is thrown.
Check CheckHints(const std::filesystem::path& root, const Exercise& exercise);

// Returns the references of the task's files, as far as they are there.
std::vector<SourceFile> ReferenceFiles(const std::filesystem::path& root,
                                       const Exercise& exercise,
                                       const Task& task);

// Returns all code of level 3 for a task.
std::vector<HintCode> CodeOfTask(const HintsResult& hints, int task);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_HINTS_HINT_CHECK_H_
