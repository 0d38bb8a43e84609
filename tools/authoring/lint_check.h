// SPDX-License-Identifier: Apache-2.0

// What linters of other languages than C++ say of the sources.
#ifndef WORKBOOK_TOOLS_AUTHORING_LINT_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_LINT_CHECK_H_

#include <filesystem>

#include "tools/authoring/gate_log.h"

namespace workbook {

// Runs tools/authoring/lint.sh under `root`: each finding is a failure, and
// each linter that is not installed a gap. A folder that is no git checkout, or
// has no such script, is a gap, too. Cost: seconds.
void CheckLint(const std::filesystem::path& root, GateLog& log);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_LINT_CHECK_H_
