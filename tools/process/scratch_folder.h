// SPDX-License-Identifier: Apache-2.0

// A folder that is gone when its owner is.
#ifndef WORKBOOK_TOOLS_PROCESS_SCRATCH_FOLDER_H_
#define WORKBOOK_TOOLS_PROCESS_SCRATCH_FOLDER_H_

#include <filesystem>

namespace workbook {

class ScratchFolder {
 public:
  // Makes an empty folder under TEST_TMPDIR, TMPDIR or /tmp.
  // On failure: throws std::filesystem::filesystem_error.
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROCESS_SCRATCH_FOLDER_H_
