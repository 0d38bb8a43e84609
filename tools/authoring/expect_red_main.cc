// SPDX-License-Identifier: Apache-2.0

// expect_red [--improve] BINARY: passes if the test binary BINARY, built over a
// pristine stub, is red in every suite and ends with exit code 1.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "tools/authoring/time_limit.h"
#include "tools/authoring/verdict.h"
#include "tools/process/test_run.h"

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  workbook::StubKind kind = workbook::StubKind::kBuild;
  if (!arguments.empty() && arguments[0] == "--improve") {
    kind = workbook::StubKind::kImprove;
    arguments.erase(arguments.begin());
  }
  if (arguments.size() != 1) {
    fmt::print(stderr, "usage: expect_red [--improve] BINARY\n");
    return 2;
  }
  workbook::TestRunOptions options;
  options.timeout = workbook::TimeLimit();
  const workbook::TestRun run = workbook::RunTests(arguments[0], options);
  const workbook::Verdict verdict =
      workbook::JudgeStub(arguments[0], kind, run);
  fmt::print("{}\n", verdict.message);
  return verdict.ok ? 0 : 1;
}
