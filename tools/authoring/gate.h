// SPDX-License-Identifier: Apache-2.0

// The gate: what proves that an exercise is whole (`./workbook verify`).
#ifndef WORKBOOK_TOOLS_AUTHORING_GATE_H_
#define WORKBOOK_TOOLS_AUTHORING_GATE_H_

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tools/bazel_client/bazel.h"

namespace workbook {

struct VerifyOptions {
  std::filesystem::path root;

  // Ids, "01_02". None: all exercises, and the tools' own tests as well.
  std::vector<std::string> exercises;

  // Only what differs from this revision can have broken; scope.h chooses it.
  // "": from where the branch left main. Not beside `exercises`.
  std::optional<std::string> changed;

  // clang-tidy over every source, and not only over those that differ.
  bool tidy = false;

  // An edited exercise is a fault, not a note: for continuous integration.
  bool strict = false;

  // Called with each line of progress, without its line break.
  std::function<void(const std::string&)> print;

  // How often stderr says that a step goes on, where it is no terminal.
  std::chrono::milliseconds tick = std::chrono::seconds(10);
};

struct VerifyReport {
  int passed = 0;  // checks and tests
  int failed = 0;

  std::vector<std::string> failures;  // what is wrong, where, and the fix
  std::vector<std::string> gaps;      // what could not be checked here, and why
  std::vector<std::string> notes;     // edited exercises, for example

  bool Green() const { return failed == 0 && passed > 0; }

  // The closing line, "41 passed, 0 failed".
  std::string LastLine() const;
};

// Runs every step, also after one that failed, and prints its progress, the
// failures, the gaps, the times, and last the closing line:
//   1 folders: manifests, layout of texts, hints, pages, contracts, sources,
//     mutants, stubs, sizes, targets
//   2 bazel build and bazel test, but for the learner's own tests: the proofs
//     of the stubs compile the same sources over the same headers
//   3 the references' tests under ASan+UBSan+LSan, by clang where it has them,
//     and those with threads under TSan, which must catch the mutants that race
//   4 what clang has not built yet, where it is installed
//   5 the benchmarks: their rows, and each of them for a few iterations
//   6 clang-format, shellcheck and the like, where they are installed
//   7 clang-tidy of the sources that differ from main, or of all
//   8 the book in a browser: its pages, and a learner who uses it
// Warnings are errors (--config=strict). No time that is measured can turn it
// red: a test that took more than a tenth of its limit is a note. Meanwhile
// stderr says how far it is, and the end says how long each step took.
// Cost: minutes the first time, then what changed.
// Thread safety: one thread; one run at a time in a workspace.
// On failure: the report; nothing is thrown but
// std::filesystem::filesystem_error where there is no scratch folder.
VerifyReport Verify(const VerifyOptions& options);

// The same with a Bazel of the caller's, and without the disk cache.
VerifyReport Verify(const VerifyOptions& options, Bazel& bazel);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_GATE_H_
