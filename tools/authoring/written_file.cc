// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/written_file.h"

#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "tools/text/text_file.h"

namespace workbook {

std::optional<std::filesystem::path> FindWorkspace(std::string_view command) {
  const char* const root = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  if (root != nullptr) return root;
  std::fprintf(stderr, "It has to know the workspace. Fix: %s\n",
               std::string(command).c_str());
  return std::nullopt;
}

bool WriteGenerated(const std::filesystem::path& root, const std::string& file,
                    std::string_view text) {
  if (ReadTextFile(root / file) == text) {
    std::printf("unchanged  %s\n", file.c_str());
    return true;
  }
  std::error_code ignored;  // ReplaceTextFile tells it
  std::filesystem::create_directories((root / file).parent_path(), ignored);
  if (const auto error = ReplaceTextFile(root / file, text)) {
    std::fprintf(stderr, "%s: can't be written: %s. Fix: make it writable.\n",
                 file.c_str(), error.message().c_str());
    return false;
  }
  std::printf("written    %s\n", file.c_str());
  return true;
}

}  // namespace workbook
