// SPDX-License-Identifier: Apache-2.0

// clang-tidy, a file at a time and never twice over the same text.
#ifndef WORKBOOK_TOOLS_AUTHORING_TIDY_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_TIDY_CHECK_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/gate_log.h"

namespace workbook {

struct TidyOptions {
  bool all = false;                  // not only what differs from `revision`
  std::string revision;              // as for FilesChangedSince
  std::vector<std::string> folders;  // "solutions/01_02/"; none: everywhere
};

// Runs tools/authoring/tidy.sh over the chosen sources, as many at a time as
// there are processors: one check. A source that was clean is not looked at
// again while it, the headers of ours that it includes, the checks and
// clang-tidy's version stay as they are; .workbook/tidy remembers that.
// Cost: 5 to 10 s of a processor for a source, 1 ms for one that was clean.
// On failure: tells each source with what was found; a gap where clang-tidy,
// the script or git is missing.
void CheckTidy(const std::filesystem::path& root, const TidyOptions& options,
               GateLog& log);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TIDY_CHECK_H_
