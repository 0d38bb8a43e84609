// expect_caught BINARY PATCH: passes if each test that PATCH names, and runs in
// the test binary BINARY built with it, fails by an expectation.
#include <fmt/format.h>

#include <string>

#include "tools/authoring/mutant_patch.h"
#include "tools/authoring/time_limit.h"
#include "tools/authoring/verdict.h"
#include "tools/process/test_run.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: expect_caught BINARY PATCH\n");
    return 2;
  }
  const std::string patch_path = argv[2];
  const workbook::MutantPatchResult read =
      workbook::ReadMutantPatch(patch_path);
  if (!read.ok) {
    fmt::print("{}\n", read.message);
    return 1;
  }
  bool caught = true;
  for (const std::string& test : read.patch.caught_by) {
    workbook::TestRunOptions options;
    options.filter = test;
    options.timeout = workbook::TimeLimit(read.patch.caught_by.size());
    const workbook::Verdict verdict = workbook::JudgeMutant(
        patch_path, test, workbook::RunTests(argv[1], options));
    fmt::print("{}\n", verdict.message);
    caught = caught && verdict.ok;
  }
  return caught ? 0 : 1;
}
