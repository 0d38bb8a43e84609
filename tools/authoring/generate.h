// SPDX-License-Identifier: Apache-2.0

// Writes the learner's files of an exercise anew from its references.
#ifndef WORKBOOK_TOOLS_AUTHORING_GENERATE_H_
#define WORKBOOK_TOOLS_AUTHORING_GENERATE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/course/exercise.h"

namespace workbook {

struct GenerateReport {
  std::vector<std::string> written;    // paths relative to the root
  std::vector<std::string> unchanged;  // were as generated already
  std::vector<std::string> refused;    // what is wrong, where, and the fix
};

// Generates each file that the tasks of `exercise` list, into exercises/NN_MM.
// A file with somebody's work in it is refused unless `force`: its text is
// neither what git's HEAD holds nor what was generated last (a copy of which is
// kept in .workbook/generated). Each file is replaced in one step, so that an
// interrupted run leaves whole files.
// Cost: a run of git for each file.
// Thread safety: one run at a time in a workspace.
// On failure: `refused`; the file in question is as it was; nothing is thrown.
GenerateReport Generate(const std::filesystem::path& root,
                        const Exercise& exercise, bool force);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_GENERATE_H_
