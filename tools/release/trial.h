// SPDX-License-Identifier: Apache-2.0

// Builds a finished copy where nothing of the course is, and runs its stubs.
#ifndef WORKBOOK_TOOLS_RELEASE_TRIAL_H_
#define WORKBOOK_TOOLS_RELEASE_TRIAL_H_

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/bazel_client/bazel.h"
#include "tools/course/exercise.h"
#include "tools/problem/problem.h"

namespace workbook::release {

struct TrialOptions {
  std::filesystem::path folder;   // the copy, or a copy of it
  std::filesystem::path scratch;  // for what tests write
  std::vector<const Exercise*> exercises;
  std::function<void(const std::string&)> print;  // a line of progress
};

// Builds //... with `bazel`, which works in options.folder, then runs the test
// of each task: each must end by itself with exit code 1, with a red test in
// each of its suites, and each task must have such a suite.
// Cost: the build; the tests of stubs take seconds.
// Thread safety: as `bazel`.
// On failure: what does not build, is green, crashes or hangs.
std::vector<Problem> TryOut(const TrialOptions& options, Bazel& bazel);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_TRIAL_H_
