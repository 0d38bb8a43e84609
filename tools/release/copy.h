// SPDX-License-Identifier: Apache-2.0

// Writes the copy: what the list allows, stubs anew, and what says what it is.
#ifndef WORKBOOK_TOOLS_RELEASE_COPY_H_
#define WORKBOOK_TOOLS_RELEASE_COPY_H_

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"
#include "tools/release/snapshot.h"

namespace workbook::release {

// The list of every file of a copy but itself, in the form that `sha256sum -c`
// reads; lines with "#" say the commit and the exercises.
inline constexpr char kManifestFile[] = "RELEASE.txt";

// The stubs once more, so that `reset` has them without a reference.
inline constexpr char kPristineFolder[] = "pristine";

struct CopyResult {
  std::optional<Problem> problem;
  std::size_t files = 0;
  // Pages that speak of solutions/: no leak, and not what learners should read.
  std::vector<std::string> mentions;  // "file:line"
};

// Fills `folder`, which is there and empty, from the snapshot alone: the same
// commit gives the same bytes, modes and times of files, wherever and whenever.
// Cost: a read of each file of a task; a copy of the rest.
// Thread safety: any thread.
// On failure: the problem; `folder` may hold a part. A full disk throws
// std::filesystem::filesystem_error.
CopyResult WriteCopy(const Snapshot& snapshot,
                     const std::vector<const Exercise*>& exercises,
                     const std::filesystem::path& folder);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_COPY_H_
