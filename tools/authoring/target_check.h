// SPDX-License-Identifier: Apache-2.0

// The list of an exercise's targets, made from its files, against what Bazel
// knows: a target that was forgotten proves nothing and fails nothing.
#ifndef WORKBOOK_TOOLS_AUTHORING_TARGET_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_TARGET_CHECK_H_

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tools/authoring/check.h"
#include "tools/course/exercise.h"

namespace workbook {

// What `bazel query` knows, in labels "//a/b:c".
struct KnownTargets {
  std::set<std::string> rules;       // every rule of the packages
  std::set<std::string> tests;       // those that are tests
  std::set<std::string> references;  // tests tagged "reference"
  std::set<std::string> threaded;    // tests tagged "threads"
  std::set<std::string> races;       // mutants that ThreadSanitizer must catch
};

// Every label that the files of `exercise` call for.
std::vector<std::string> ExpectedTargets(const std::filesystem::path& root,
                                         const Exercise& exercise);

// Compares both, in both directions for tests; and a component whose sources
// start threads must be tagged "threads", or ThreadSanitizer never sees it.
// Thread safety: any thread.
Check CheckTargets(const std::filesystem::path& root, const Exercise& exercise,
                   const KnownTargets& known);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TARGET_CHECK_H_
