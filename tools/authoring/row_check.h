// SPDX-License-Identifier: Apache-2.0

// The rows of a benchmark against the targets of the manifest.
#ifndef WORKBOOK_TOOLS_AUTHORING_ROW_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_ROW_CHECK_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/check.h"
#include "tools/course/exercise.h"

namespace workbook {

// `rows` is what the reference's benchmark prints with --benchmark_list_tests:
// CASE/role:implementation, a line each. Every target's case must have a
// baseline, the reference, and a peer; every case the reference. No time is
// looked at.
// Thread safety: any thread.
Check CheckRows(const Exercise& exercise, const std::vector<std::string>& rows);

// Reads the exercise's bench.toml below `root` and compares its forms with the
// rows: what is compared must be alike, or the row says how it differs. Rows of
// a target must do the same work (fairness.h), and a function that a loop is
// said to call must be one (boundary_check.h).
// Thread safety: any thread.
Check CheckBenchForms(const std::filesystem::path& root,
                      const Exercise& exercise,
                      const std::vector<std::string>& rows);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_ROW_CHECK_H_
