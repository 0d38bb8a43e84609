// SPDX-License-Identifier: Apache-2.0

// How much a learner has to write: the size of a task in lines of code.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_LINES_TO_WRITE_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_LINES_TO_WRITE_H_

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "tools/course/exercise.h"

namespace workbook {

// Counts the code lines of a reference that its stub lacks: those outside of
// the longest common sequence of code lines. Comments, empty lines and includes
// do not count. An item behind a marker `// [task 3]` counts for task 3, all
// others for `task`.
// Cost: O(lines of the reference * lines of the stub).
// Thread safety: any thread, for all functions here.
std::map<int, int> CountLinesToWrite(std::string_view reference,
                                     std::string_view stub, int task);

// Counts the lines to write of all files of an exercise, by task; a task whose
// files can't be read has 0. A lock is counted as the learner writes it,
// without annotations.
std::map<int, int> LinesToWrite(const std::filesystem::path& root,
                                const Exercise& exercise);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_LINES_TO_WRITE_H_
