// SPDX-License-Identifier: Apache-2.0

// Files that a command writes for the learner.
#ifndef WORKBOOK_TOOLS_WORKBOOK_WRITE_FILE_H_
#define WORKBOOK_TOOLS_WORKBOOK_WRITE_FILE_H_

#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "tools/problem/problem.h"

namespace workbook::cli {

// ReplaceTextFile, which also makes the folders that are missing.
// On failure: what the learner can do about it; the old file is untouched.
std::optional<Problem> WriteTextFile(const std::filesystem::path& path,
                                     std::string_view text);

// What the learner can do about a file that cannot be written.
Problem WriteProblem(const std::filesystem::path& path, std::error_code error);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_WRITE_FILE_H_
