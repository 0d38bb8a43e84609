// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/write_file.h"

#include <cerrno>
#include <string>

#include "tools/text/text_file.h"

namespace workbook::cli {

Problem WriteProblem(const std::filesystem::path& path, std::error_code error) {
  std::string next = "Make the folder writable, then try again.";
  if (error == std::errc::no_space_on_device || error.value() == EDQUOT) {
    next = "Free some space (df -h shows the disks), then try again.";
  } else if (error == std::errc::not_a_directory) {
    next = "A file stands where that path needs a folder: choose another path.";
  }
  return {.what = "cannot write a file: " + error.message(),
          .where = path.string(),
          .next = next};
}

std::optional<Problem> WriteTextFile(const std::filesystem::path& path,
                                     std::string_view text) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (error) return WriteProblem(path.parent_path(), error);
  error = ReplaceTextFile(path, text);
  if (error) return WriteProblem(path, error);
  return std::nullopt;
}

}  // namespace workbook::cli
