// SPDX-License-Identifier: Apache-2.0

// How the tests of one exercise are built and run without Bazel, and what has
// to be as it was for that to give what Bazel would.
#ifndef WORKBOOK_TOOLS_WORKBOOK_DIRECT_PLAN_H_
#define WORKBOOK_TOOLS_WORKBOOK_DIRECT_PLAN_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bazel_client/build_events.h"
#include "tools/workbook/direct/file_state.h"

namespace workbook::direct {

using Words = std::vector<std::string>;

// A source of the learner's that is no header and no test.
struct Source {
  std::string file;    // "exercises/01_02/pool.cc"
  Words compile;       // Bazel's command
  std::string object;  // what that writes, below the execution root
  std::string built;   // the object to link: Bazel's or a later one of ours
  // What was compiled into `built`; nullopt: nothing yet that can be used.
  std::optional<FileState> state;
  std::optional<FileState> built_state;
};

struct Test {
  Words link;                       // Bazel's command
  std::string output;               // what that writes
  Words objects;                    // what that reads
  std::string runfiles;             // the folder that holds memory_workbook/
  std::optional<BazelTest> result;  // the last one; nullopt: not built
  int timeout_seconds = 0;
};

struct Plan {
  std::string execution_root;
  std::map<std::string, Source> sources;  // by the name of their object
  std::map<std::string, Test> tests;      // by label
  Words names;                         // of all files in the exercise's folder
  std::vector<FileState> build_files;  // what decides about the commands
  std::vector<FileState> inputs;       // what else the tests are made of
};

// Puts together what `bazel aquery --output=jsonproto` prints of the compiles
// and links behind the tests `labels` of `folder` ("exercises/01_02"). The
// states are not filled in.
// On failure: nullopt, where anything looks different from what is known.
std::optional<Plan> PlanOfActions(std::string_view json,
                                  const std::string& folder,
                                  const Words& labels);

// Whether the plan is of these tests, and of no other: a wider check than this
// one may have left it.
bool IsOf(const Plan& plan, const Words& labels);

// On failure: nullopt, or false; a file of another version is no plan.
std::optional<Plan> ReadPlan(const std::filesystem::path& file);
bool WritePlan(const Plan& plan, const std::filesystem::path& file);

}  // namespace workbook::direct

#endif  // WORKBOOK_TOOLS_WORKBOOK_DIRECT_PLAN_H_
