// SPDX-License-Identifier: Apache-2.0

// Links and runs one test, as Bazel would.
#ifndef WORKBOOK_TOOLS_WORKBOOK_DIRECT_TEST_PROGRAM_H_
#define WORKBOOK_TOOLS_WORKBOOK_DIRECT_TEST_PROGRAM_H_

#include <filesystem>
#include <string>

#include "tools/workbook/direct/plan.h"

namespace workbook::direct {

struct Linked {
  std::filesystem::path program;
  std::filesystem::path errors;  // what the linker said; empty: it is built
};

// Thread safety (both): any thread, another test each.
Linked Link(const Plan& plan, const Test& test,
            const std::filesystem::path& scratch);

// Runs it from its runfiles, within its time, into `scratch`: test.log and
// test.xml, which is ours with the exit code where the program leaves none.
// Environment: what Bazel's tests are promised, and nothing of the caller's.
BazelTest RunTest(const Plan& plan, const Test& test, const std::string& label,
                  const std::filesystem::path& program,
                  const std::filesystem::path& scratch);

}  // namespace workbook::direct

#endif  // WORKBOOK_TOOLS_WORKBOOK_DIRECT_TEST_PROGRAM_H_
