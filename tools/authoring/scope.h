// SPDX-License-Identifier: Apache-2.0

// What a change can have broken: `./workbook verify --changed`.
#ifndef WORKBOOK_TOOLS_AUTHORING_SCOPE_H_
#define WORKBOOK_TOOLS_AUTHORING_SCOPE_H_

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/bazel_client/bazel.h"
#include "tools/problem/problem.h"

namespace workbook {

struct Scope {
  bool everything = false;           // then the two sets say nothing
  std::set<std::string> exercises;   // ids
  std::set<std::string> tool_tests;  // labels below //tools and of //

  // Why, a line each: "03_06: exercises/03_06/verdict.h and 2 more".
  std::vector<std::string> reasons;

  std::optional<Problem> problem;  // then nothing else is known
};

// Chooses what to verify after a change of `files`, which are relative to
// `root` and may be gone:
//   - an exercise, for a file of its own, its page or its figures
//   - what Bazel builds of a file: the exercises and the tests of tools that
//     depend on it, however far
//   - everything, for what decides how all is built: .bzl files, .bazelrc,
//     WORKSPACE, third_party/
// A text that no target reads calls for nothing more.
// `ids` are the exercises of the course.
// Cost: three Bazel queries, seconds. Thread safety: as `bazel`'s.
// On failure: `problem`, where Bazel cannot answer.
Scope ScopeOf(const std::filesystem::path& root,
              const std::vector<std::string>& files,
              const std::set<std::string>& ids, Bazel& bazel);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_SCOPE_H_
