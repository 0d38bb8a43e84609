// SPDX-License-Identifier: Apache-2.0

// Whether the tools hold the locks that their fields ask for.
#ifndef WORKBOOK_TOOLS_AUTHORING_LOCK_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_LOCK_CHECK_H_

#include <filesystem>

#include "tools/authoring/gate_log.h"

namespace workbook {

// Asks clang's analysis about the .cc files below tools/ that include
// thread_annotations.h, or whose header of the same stem does. Only these, and
// past Bazel, which would compile all of each library by clang.
// REQUIRES: clang++ is installed.
// Cost: reads the sources of tools/; a few seconds of clang for each that
// locks. Thread safety: any thread. On failure: told in `log`. A header that
// this system lacks is a gap.
void CheckLocksOfTools(const std::filesystem::path& root, GateLog& log);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_LOCK_CHECK_H_
