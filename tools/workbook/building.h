// SPDX-License-Identifier: Apache-2.0

// Builds and tests for the learner, with Bazel.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BUILDING_H_
#define WORKBOOK_TOOLS_WORKBOOK_BUILDING_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/bazel_client/build_events.h"
#include "tools/problem/problem.h"

namespace workbook::cli {

struct BuildOutcome {
  // Set where Bazel could not be run or gave up; the events then do not say
  // all.
  std::optional<Problem> problem;
  BuildEvents events;
  // Bazel's own "ERROR:" lines, the first few.
  std::vector<std::string> error_lines;
};

// Whether a test that was red is run again although nothing that it uses has
// changed. A green one never is.
enum class RedTests { kKeepResult, kRunAgain };

// `bazel test --keep_going` of `labels` in the workspace `root`; `what` says so
// to whoever waits, with how far it is.
BuildOutcome TestTargets(const std::filesystem::path& root,
                         const std::vector<std::string>& labels,
                         const std::string& what, RedTests red_tests);

// The same with --config=tsan: ThreadSanitizer stops at a data race.
BuildOutcome TestForRaces(const std::filesystem::path& root,
                          const std::vector<std::string>& labels,
                          const std::string& what);

// What Bazel would run to build `labels` as TestTargets has them built, as
// `aquery --output=jsonproto` prints it; and the folder it runs that in.
// On failure: nullopt.
std::optional<std::string> ActionsBehind(
    const std::filesystem::path& root, const std::vector<std::string>& labels);
std::optional<std::string> ExecutionRoot(const std::filesystem::path& root);

// `bazel build --keep_going`, in the same way.
BuildOutcome Build(const std::filesystem::path& root,
                   const std::vector<std::string>& labels,
                   const std::string& what);

// The same, with -c opt.
BuildOutcome BuildOptimised(const std::filesystem::path& root,
                            const std::vector<std::string>& labels,
                            const std::string& what);

// The same; what exercises and references are made of has its source lines.
BuildOutcome BuildWithLines(const std::filesystem::path& root,
                            const std::vector<std::string>& labels,
                            const std::string& what);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BUILDING_H_
