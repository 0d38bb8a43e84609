// SPDX-License-Identifier: Apache-2.0

// Which files the test has open, and what is in them.
#ifndef WORKBOOK_EXERCISES_03_04_TESTING_OPEN_FILES_H_
#define WORKBOOK_EXERCISES_03_04_TESTING_OPEN_FILES_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace workbook {

// Returns how many descriptors of this process are open to files whose path
// begins with `prefix`; one that was deleted counts as well.
inline int OpenFilesBelow(const std::string& prefix) {
  int count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code closed_meanwhile;
    const auto target =
        std::filesystem::read_symlink(entry.path(), closed_meanwhile);
    if (target.string().starts_with(prefix)) ++count;
  }
  return count;
}

// Returns the text of the file, "(no file)" where there is none.
inline std::string TextOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return "(no file)";
  return {std::istreambuf_iterator<char>(file), {}};
}

// An empty folder, removed in the end with all that is in it.
class ScratchFolder {
 public:
  ScratchFolder()
      : path_(std::filesystem::canonical(testing::TempDir()) / "file_pool") {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directory(path_);
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }

  std::string path() const { return path_.string(); }
  std::string File(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_04_TESTING_OPEN_FILES_H_
