// SPDX-License-Identifier: Apache-2.0

// A folder whose parts can be shown to jails, gone when its owner is.
#ifndef WORKBOOK_TOOLS_GRADE_JAIL_FOLDER_H_
#define WORKBOOK_TOOLS_GRADE_JAIL_FOLDER_H_

#include <filesystem>

namespace workbook::grade {

class JailFolder {
 public:
  // Makes PARENT/workbook_grade_*, with trusted/ and objects/: entered by all,
  // listed by none. First removes those of this user whose owners were killed:
  // an owner holds a lock, which the kernel takes back when it dies.
  // On failure: throws std::system_error.
  explicit JailFolder(const std::filesystem::path& parent = "/tmp");
  JailFolder(const JailFolder&) = delete;
  JailFolder& operator=(const JailFolder&) = delete;
  ~JailFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JAIL_FOLDER_H_
