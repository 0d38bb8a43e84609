// SPDX-License-Identifier: Apache-2.0

// Whether the sources are laid out as .clang-format says.
#ifndef WORKBOOK_TOOLS_AUTHORING_FORMAT_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_FORMAT_CHECK_H_

#include <filesystem>
#include <set>
#include <string>

#include "tools/authoring/gate_log.h"

namespace workbook {

// Checks every C++ file that git tracks under `root`, but those in `not_ours`
// (relative to it). Without clang-format or git it is a gap, not a fault.
void CheckFormat(const std::filesystem::path& root,
                 const std::set<std::string>& not_ours, GateLog& log);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_FORMAT_CHECK_H_
