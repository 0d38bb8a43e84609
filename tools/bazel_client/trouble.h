// SPDX-License-Identifier: Apache-2.0

// Why Bazel gave up, in words.
#ifndef WORKBOOK_TOOLS_BAZEL_CLIENT_TROUBLE_H_
#define WORKBOOK_TOOLS_BAZEL_CLIENT_TROUBLE_H_

#include <filesystem>
#include <optional>
#include <string>

#include "tools/problem/problem.h"
#include "tools/process/process.h"

namespace workbook {

// `what` has Bazel's own error lines below it.
struct BazelTrouble : Problem {
  // Only the report to a server was lost: what was built and tested stands.
  bool results_stand = false;
};

// What a run's exit code means, where it is none of those that tell of the
// code: 0, 1 (does not build), 3 (a test failed, an incomplete query), 4 (no
// tests), 7 (a query failed). Also a full disk, whatever the code.
// `root` is the workspace, whose rc files are searched for an option that Bazel
// refused.
// Thread safety: any thread.
// On failure: nullopt; files that cannot be read are left out.
std::optional<BazelTrouble> ExplainEnd(const ProcessResult& run,
                                       const std::filesystem::path& root);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BAZEL_CLIENT_TROUBLE_H_
