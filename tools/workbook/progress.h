// SPDX-License-Identifier: Apache-2.0

// The file of what the learner has done, .workbook/progress.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PROGRESS_H_
#define WORKBOOK_TOOLS_WORKBOOK_PROGRESS_H_

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "tools/problem/problem.h"
#include "tools/workbook/progress_text.h"

namespace workbook::cli {

// The file in a folder, shared by all who run the command at the same time.
// A process that is killed at any moment leaves the old file or the new one.
class ProgressFile {
 public:
  // `folder` is .workbook; it need not exist.
  explicit ProgressFile(std::filesystem::path folder);

  // What the file says; no file is no progress. `notice` says so where
  //  - the file is damaged: it is kept aside, and the readable lines go on;
  //  - a newer major version wrote it: it stays, and nothing is read.
  Progress Load(std::string& notice) const;

  // Loads, lets `change` alter it and saves, all under a lock.
  // On failure, and where a newer major version wrote it: the file stays as it
  // is, the Problem says why.
  std::optional<Problem> Update(
      const std::function<void(Progress&)>& change) const;

 private:
  struct Loaded;
  Loaded LoadLocked() const;

  std::filesystem::path folder_;
  std::filesystem::path path_;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PROGRESS_H_
