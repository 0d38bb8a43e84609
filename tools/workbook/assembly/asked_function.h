// SPDX-License-Identifier: Apache-2.0

// Which tasks a function belongs to, by the text of the learner's files.
#ifndef WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_ASKED_FUNCTION_H_
#define WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_ASKED_FUNCTION_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tools/course/exercise.h"

namespace workbook::cli {

// "Grow" of "DynArray<int>::Grow".
std::string LastName(std::string_view asked);

// The numbers of the tasks of which a file below `root` names `asked`.
// Cost: reads the learner's files.
std::vector<int> TasksThatName(const std::filesystem::path& root,
                               const Exercise& exercise,
                               std::string_view asked);

// The names in these files that could be functions: those in front of a
// bracket. Sorted, each once.
std::vector<std::string> FunctionNames(const std::filesystem::path& root,
                                       const Exercise& exercise);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_ASKED_FUNCTION_H_
