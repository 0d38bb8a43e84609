// SPDX-License-Identifier: Apache-2.0

// What a test links and includes besides a submission, collected from Bazel.
#ifndef WORKBOOK_TOOLS_GRADE_TRUSTED_H_
#define WORKBOOK_TOOLS_GRADE_TRUSTED_H_

#include <array>
#include <filesystem>
#include <string>

#include "tools/course/exercise.h"
#include "tools/grade/plan.h"

namespace workbook::grade {

// Of ours, that a test is compiled with besides what it includes.
inline constexpr std::array kTestHeaders{
    "tools/grade/canary_sites.h", "tools/grade/observed.h",
    "tools/grade/observed_operands.h", "tools/grade/observed_sites.h",
    "tools/grade/observed_value.h"};

// What Bazel's link and compile commands (`aquery --output=text`) say of the
// tests of //solutions/ID.
struct TestCommands {
  std::vector<std::string> objects;  // below the execution root, ours only
  std::vector<std::string> labels;   // of the libraries that they belong to
  std::vector<std::string> compile_flags;
  std::vector<std::string> link_flags;
};

// Leaves out the reference's own objects and GoogleTest's main().
// Cost: linear in the text. Thread safety: any thread.
TestCommands ReadTestCommands(const std::string& actions);

// Fills in the plan's tasks, sources, objects and flags; everything is copied
// to plan.trusted. REQUIRES: plan.trusted exists and is empty.
// Cost: a Bazel query, and a build of the libraries that tests use; the
// reference and the tests are not built by Bazel.
// On failure: why, in a sentence; empty if all is well.
// Throws std::filesystem::filesystem_error where copying fails.
std::string CollectTrusted(const std::filesystem::path& root,
                           const Exercise& exercise, Plan& plan);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_TRUSTED_H_
