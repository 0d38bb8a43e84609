// SPDX-License-Identifier: Apache-2.0

// Which files of a checkout differ from a revision.
#ifndef WORKBOOK_TOOLS_AUTHORING_CHANGED_FILES_H_
#define WORKBOOK_TOOLS_AUTHORING_CHANGED_FILES_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook {

struct ChangedFiles {
  std::string base;  // in words: "main, at 1a2b3c4"

  // Relative to the root, sorted. What was added, edited, renamed or removed
  // since, committed or not; files that git ignores are left out.
  std::vector<std::string> files;

  std::optional<Problem> problem;  // then nothing else is known
};

// Compares the files below `root` with `revision`. An empty one stands for the
// place where the current branch left main: of upstream/main, origin/main, main
// and the branch's own upstream, the first that there is.
// REQUIRES: `root` is the root of a checkout, or no part of one.
// Cost: five starts of git at most. Thread safety: any thread.
// On failure: `problem` says why and what to type.
ChangedFiles FilesChangedSince(const std::filesystem::path& root,
                               const std::string& revision);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_CHANGED_FILES_H_
