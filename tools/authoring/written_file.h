// SPDX-License-Identifier: Apache-2.0

// What commands of authors share that write files which the course generates.
#ifndef WORKBOOK_TOOLS_AUTHORING_WRITTEN_FILE_H_
#define WORKBOOK_TOOLS_AUTHORING_WRITTEN_FILE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace workbook {

// Returns the checkout in which `bazel run` was typed.
// Thread safety: any thread, for both functions here.
// On failure: prints that `command`, "bazel run //tools/authoring:cases", has
// to be typed, and returns nothing.
std::optional<std::filesystem::path> FindWorkspace(std::string_view command);

// Puts `text` in the place of `file` of the checkout `root`, where it differs,
// and prints "written    FILE" or "unchanged  FILE".
// Cost: reads the file, and replaces it in one step (ReplaceTextFile).
// On failure: prints why and how to fix it, and returns false.
bool WriteGenerated(const std::filesystem::path& root, const std::string& file,
                    std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_WRITTEN_FILE_H_
