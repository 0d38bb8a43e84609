// SPDX-License-Identifier: Apache-2.0

// The last commit's tree, apart from what the working tree has become.
#ifndef WORKBOOK_TOOLS_RELEASE_SNAPSHOT_H_
#define WORKBOOK_TOOLS_RELEASE_SNAPSHOT_H_

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook::release {

struct Snapshot {
  std::filesystem::path root;        // the course's root in the written tree
  std::string commit;                // 40 or 64 hexadecimal digits
  std::int64_t time_s = 0;           // when it was committed, since 1970
  std::vector<std::string> files;    // paths from `root`, sorted
  std::vector<std::string> changed;  // tracked files that differ from it now
};

struct SnapshotResult {
  std::optional<Snapshot> snapshot;
  Problem problem;  // where there is none
};

// Writes the tree of HEAD below `folder`, which is there and empty. `root` is
// the course's; it may be a folder of a larger repository. The repository's
// own index is not touched.
// Cost: six runs of git and a copy of the tree.
// Thread safety: any thread.
// On failure: the problem; `folder` may hold a part.
SnapshotResult TakeSnapshot(const std::filesystem::path& root,
                            const std::filesystem::path& folder);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_SNAPSHOT_H_
