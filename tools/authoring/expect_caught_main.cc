// SPDX-License-Identifier: Apache-2.0

// expect_caught [--race] BINARY PATCH: passes if each test that PATCH names,
// and runs in the test binary BINARY built with it, fails by an expectation;
// with --race, if ThreadSanitizer, which BINARY is built with, reports a data
// race during it.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "tools/authoring/mutant_patch.h"
#include "tools/authoring/time_limit.h"
#include "tools/authoring/verdict.h"
#include "tools/process/test_run.h"

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool is_race = !arguments.empty() && arguments.front() == "--race";
  if (is_race) arguments.erase(arguments.begin());
  if (arguments.size() != 2) {
    fmt::print(stderr, "usage: expect_caught [--race] BINARY PATCH\n");
    return 2;
  }
  const std::string& patch_path = arguments[1];
  const workbook::MutantPatchResult read =
      workbook::ReadMutantPatch(patch_path);
  if (!read.ok) {
    fmt::print("{}\n", read.message);
    return 1;
  }
  const auto judge = is_race ? workbook::JudgeRace : workbook::JudgeMutant;
  bool caught = true;
  const auto end = std::chrono::steady_clock::now() + workbook::TimeLimit();
  for (const std::string& test : read.patch.caught_by) {
    workbook::TestRunOptions options;
    options.filter = test;
    options.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    const workbook::TestRun run = workbook::RunTests(arguments[0], options);
    const workbook::Verdict verdict = judge(patch_path, test, run);
    fmt::print("{}\n", verdict.message);
    caught = caught && verdict.ok;
    if (run.process.timed_out) break;  // nothing is left for the others
  }
  return caught ? 0 : 1;
}
