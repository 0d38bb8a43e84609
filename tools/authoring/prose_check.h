// SPDX-License-Identifier: Apache-2.0

// Whether the course's words are as a reader needs them: Markdown, comments,
// contracts.
#ifndef WORKBOOK_TOOLS_AUTHORING_PROSE_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_PROSE_CHECK_H_

#include <filesystem>

#include "tools/authoring/check.h"
#include "tools/course/exercise.h"

namespace workbook {

// Checks the layout of all Markdown and of all comments in C++ below the root's
// chapters/, exercises/, solutions/ and tools/, and of the root's own pages.
// Leaves out what a learner may write, and the stubs, which are generated.
// Cost: reads each file once.
// Thread safety: any thread, for all functions here.
// On failure: problems; nothing is thrown.
Check CheckLayout(const std::filesystem::path& root);

// Checks the same of one exercise: its folders and its page of the book.
Check CheckLayout(const std::filesystem::path& root, const Exercise& exercise);

// Checks the contracts in the headers of an exercise's references.
Check CheckContracts(const std::filesystem::path& root,
                     const Exercise& exercise);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_PROSE_CHECK_H_
