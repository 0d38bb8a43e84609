// SPDX-License-Identifier: Apache-2.0

// The benchmark programs of an exercise, built.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BENCH_BUILDING_H_
#define WORKBOOK_TOOLS_WORKBOOK_BENCH_BUILDING_H_

#include <filesystem>
#include <optional>
#include <string>

#include "tools/bazel_client/build_events.h"
#include "tools/course/exercise.h"
#include "tools/problem/problem.h"
#include "tools/workbook/session.h"

namespace workbook::cli {

struct BuiltPrograms {
  std::filesystem::path yours;
  std::filesystem::path reference;  // "" in a copy without solutions
  std::optional<Problem> problem;
};

// What stands in the way of `label`, a program of the learner's that was not
// built: the first error in his own files. `what` is its noun, "benchmark".
// Cost: reads what the compiler said.
// Thread safety: any thread.
Problem DoesNotBuild(const Exercise& exercise, const BuildEvents& events,
                     const BazelTarget& target, const std::string& what,
                     const std::string& label);

// Builds yours and, where the copy has it, the reference, optimised.
// Cost: one run of Bazel.
// On failure: `problem` names the first error in the learner's own files.
BuiltPrograms BuildPrograms(const Session& session, const Exercise& exercise);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BENCH_BUILDING_H_
