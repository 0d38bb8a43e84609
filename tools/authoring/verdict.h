// SPDX-License-Identifier: Apache-2.0

// What expect_red and expect_caught decide, apart from running anything.
#ifndef WORKBOOK_TOOLS_AUTHORING_VERDICT_H_
#define WORKBOOK_TOOLS_AUTHORING_VERDICT_H_

#include <string>
#include <vector>

#include "tools/process/test_run.h"

namespace workbook {

struct Verdict {
  bool ok = false;
  // One line that says what was proved, or what is wrong, where, and the fix.
  std::string message;
};

enum class StubKind {
  kBuild,    // the body is a Todo: each suite has a test that says so
  kImprove,  // the body works but wastes: each suite has a test that is red
};

// Judges the run of a pristine stub: it must end by itself with exit code 1,
// and every suite must have a red test, for kBuild one whose message is the
// Todo's. `subject` is the file or target that the message names.
Verdict JudgeStub(const std::string& subject, StubKind kind,
                  const TestRun& run);

// Judges the run of a mutant with the filter `test` ("Suite.Test"): that test
// must have run to its end and failed, and the exit code must be 1.
Verdict JudgeMutant(const std::string& patch_path, const std::string& test,
                    const TestRun& run);

// The same for a mutant whose fault is a data race, in a build with
// ThreadSanitizer that halts at its first report: that must be of a data race,
// and during `test`.
Verdict JudgeRace(const std::string& patch_path, const std::string& test,
                  const TestRun& run);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_VERDICT_H_
