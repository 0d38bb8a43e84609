// SPDX-License-Identifier: Apache-2.0

// Where a test that Bazel has built finds its data.
#ifndef WORKBOOK_TOOLS_BAZEL_CLIENT_RUNFILES_H_
#define WORKBOOK_TOOLS_BAZEL_CLIENT_RUNFILES_H_

#include <filesystem>
#include <string>
#include <system_error>

namespace workbook {

// Returns what this workspace is called in the folder `runfiles` of a test:
// "_main" where modules are on, else the name in WORKSPACE.
// Cost: a look at the disk. Thread safety: any thread.
inline std::string WorkspaceIn(const std::filesystem::path& runfiles) {
  std::error_code none;
  return std::filesystem::is_directory(runfiles / "_main", none)
             ? "_main"
             : "memory_workbook";
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BAZEL_CLIENT_RUNFILES_H_
