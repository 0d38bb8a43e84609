// SPDX-License-Identifier: Apache-2.0

// What the jobs of one plan share on one machine.
#ifndef WORKBOOK_TOOLS_GRADE_NODE_FOLDER_H_
#define WORKBOOK_TOOLS_GRADE_NODE_FOLDER_H_

#include <filesystem>
#include <string>

namespace workbook::grade {

// BASE/workbook_jobs_UID_NAME with trusted/, objects/ and slots/. It stays when
// the job is over, for the next one; nobody else can write to it.
class NodeFolder {
 public:
  // Copies `trusted` unless a job before this one did, and takes the first slot
  // that no other process has. A killed process has none.
  // On failure: throws std::system_error or std::filesystem::filesystem_error
  // (a folder of this name that is somebody else's, no slot left).
  NodeFolder(const std::filesystem::path& base, const std::string& name,
             const std::filesystem::path& trusted);
  NodeFolder(const NodeFolder&) = delete;
  NodeFolder& operator=(const NodeFolder&) = delete;
  ~NodeFolder();

  std::filesystem::path trusted() const { return path_ / "trusted"; }
  std::filesystem::path objects() const { return path_ / "objects"; }
  std::filesystem::path scratch() const {
    return path_ / ("slot" + std::to_string(slot_));
  }
  int slot() const { return slot_; }

 private:
  void CopyOnce(const std::filesystem::path& trusted) const;
  void TakeSlot();

  std::filesystem::path path_;
  int slot_ = -1;
  int lock_ = -1;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_NODE_FOLDER_H_
