// SPDX-License-Identifier: Apache-2.0

// DIR.partial: where a release is made before it is whole.
#ifndef WORKBOOK_TOOLS_RELEASE_WORK_FOLDER_H_
#define WORKBOOK_TOOLS_RELEASE_WORK_FOLDER_H_

#include <filesystem>
#include <optional>

#include "tools/problem/problem.h"

namespace workbook::release {

// Removes the folder and all below it, also where rights to write are missing,
// as in what Bazel leaves. On failure: what stayed, stays.
void RemoveTree(const std::filesystem::path& folder);

// Why no release can be made at `out`: it exists and is not empty, lies in the
// course at `root` (or the other way about), or Bazel can't work there.
std::optional<Problem> CheckOut(const std::filesystem::path& root,
                                const std::filesystem::path& out);

// Held by one process at a time, and gone with it; what a killed one left is
// removed by the next.
class WorkFolder {
 public:
  // `out` is absolute. REQUIRES: CheckOut had no objection.
  explicit WorkFolder(const std::filesystem::path& out);
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder();

  // Makes it, empty. On failure: the problem.
  std::optional<Problem> Open();

  // A part of it, made where it is missing.
  std::filesystem::path Part(const char* name) const;

  // Gives the part `name` the name `out`, in one step.
  std::optional<Problem> Publish(const char* name) const;

  bool removed_leftovers() const { return removed_leftovers_; }

 private:
  std::filesystem::path out_;
  std::filesystem::path path_;
  int lock_ = -1;
  bool removed_leftovers_ = false;
};

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_WORK_FOLDER_H_
