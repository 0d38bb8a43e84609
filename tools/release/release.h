// SPDX-License-Identifier: Apache-2.0

// `./workbook release`: from a commit to a copy that learners may have.
#ifndef WORKBOOK_TOOLS_RELEASE_RELEASE_H_
#define WORKBOOK_TOOLS_RELEASE_RELEASE_H_

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tools/problem/problem.h"
#include "tools/release/scan.h"

namespace workbook::release {

struct ReleaseOptions {
  std::filesystem::path root;
  std::filesystem::path out;           // as it was typed
  std::vector<std::string> exercises;  // none is all
  bool build = true;
  std::function<void(const std::string&)> print;  // a line of progress
};

struct ReleaseResult {
  std::vector<Problem> problems;  // none: the copy is there
  std::vector<Finding> findings;  // what the scan recognised
  bool Ok() const { return problems.empty() && findings.empty(); }
};

// Writes, scans and (unless build is false) builds the copy in `out`.partial,
// then gives it its name.
// Cost: seconds, and the build: at most an hour.
// Thread safety: one release at a time into a folder; another is refused.
// On failure: the problems or findings; there is no `out`, and no `.partial`.
// A killed release leaves `.partial`, and the next one removes it.
ReleaseResult Release(const ReleaseOptions& options);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_RELEASE_H_
