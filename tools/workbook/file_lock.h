// SPDX-License-Identifier: Apache-2.0

// A lock on a file, for those who run the command at the same time. It is given
// back when the object dies, or the process, however that ends.
#ifndef WORKBOOK_TOOLS_WORKBOOK_FILE_LOCK_H_
#define WORKBOOK_TOOLS_WORKBOOK_FILE_LOCK_H_

#include <filesystem>

namespace workbook::cli {

class FileLock {
 public:
  enum class If { kWait, kFree };

  // Makes the file where it is missing. kWait waits for the others, kFree does
  // not. Where the file cannot be made nobody can write there, and the lock is
  // not held.
  FileLock(const std::filesystem::path& path, If wanted);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  bool held() const { return held_; }

 private:
  int descriptor_;
  bool held_ = false;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_FILE_LOCK_H_
