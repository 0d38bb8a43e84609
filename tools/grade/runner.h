// SPDX-License-Identifier: Apache-2.0

// Runs built tests in the jail and decides, outside of it, what each did.
#ifndef WORKBOOK_TOOLS_GRADE_RUNNER_H_
#define WORKBOOK_TOOLS_GRADE_RUNNER_H_

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/grade/jail.h"
#include "tools/grade/judge.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

struct InstructionCount {
  std::int64_t instructions = 0;  // 0: there is none, for want of a clean run
  // Callgrind did not start, or other programs had the machine: no verdict
  // about the submission.
  bool infrastructure = false;
  bool failed = false;  // a test that passed before did not pass here
};

// Thread safety: one thread, with the slot of `options` to itself.
class Runner {
 public:
  // REQUIRES: both outlive the runner.
  Runner(const Plan& plan, const JudgeOptions& options)
      : plan_(plan), options_(options) {}

  // Runs one test, "Suite.Test", in a process and a jail of its own. With a
  // `canary`, its assertion of that number, from 1, is turned. Without one,
  // what a passed hidden test saw is held against what the plan expects.
  // Cost: a jail and the test. On failure: the state says how it ended.
  TestVerdict Test(const std::filesystem::path& binary, const std::string& name,
                   std::int64_t canary = 0) const;

  // Makes the calls of a description from outside: in a jail of its own a
  // program of ours asks, and `binary` answers. Passed is what answered all
  // histories of the plan's numbers and seed right.
  // Cost: two jails and the histories. On failure: as Test; the message is the
  // history that shows it.
  TestVerdict Case(const std::filesystem::path& binary,
                   const PlannedCase& planned) const;

  // What both sides of it used of a processor, their jails too; nothing where
  // a history fails. Cost: as Case().
  std::optional<std::chrono::nanoseconds> ProcessorTimeOf(
      const std::filesystem::path& binary, const PlannedCase& planned) const;

  // "Suite.Test" of every test in the binary, as it lists them itself: for a
  // binary that is trusted. On failure: none.
  std::vector<std::string> List(const std::filesystem::path& binary) const;

  // The instructions inside the bodies of `tests`. Out of time, there is no
  // count. Cost: the tests under callgrind, about 50 times their own time.
  InstructionCount Instructions(const std::filesystem::path& binary,
                                const std::vector<std::string>& tests) const;

  // The same for each test that passes, out of one run of all of them: for a
  // binary that is trusted. Their sum is what Instructions() tells.
  // Cost: as Instructions(), and a file of some 20 KB a test.
  std::map<std::string, std::int64_t> InstructionsOfEach(
      const std::filesystem::path& binary,
      const std::vector<std::string>& tests) const;

 private:
  // What the reference's run of a hidden test saw; null where nothing is known.
  const ExpectedTest* Expected(const std::string& test) const;
  JailCommand Command(const std::filesystem::path& binary) const;
  JailCommand Callgrind(const std::filesystem::path& binary,
                        const std::vector<std::string>& tests,
                        const std::string& out_file) const;

  const Plan& plan_;
  const JudgeOptions& options_;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_RUNNER_H_
