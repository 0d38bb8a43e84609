// SPDX-License-Identifier: Apache-2.0

// Whose fault it is that callgrind gave no count, in the real jail.
#include "tools/grade/runner.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tools/grade/jail_folder.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

class CallgrindEnds : public testing::Test {
 protected:
  CallgrindEnds() {
    plan_.trusted = folder_.path() / "trusted";
    fs::create_directories(plan_.trusted / "run");
    options_.scratch = folder_.path() / "slot";
    // No user that a grading run has.
    options_.slot = 950;
  }

  // Counts a shell that runs this instead of a test.
  InstructionCount Count(const std::string& script) {
    const fs::path program = folder_.path() / "program";
    std::ofstream(program) << "#!/bin/sh\n" << script << "\n";
    fs::permissions(program, fs::perms(0755));
    return Runner(plan_, options_).Instructions(program, {"Task1.A"});
  }

  JailFolder folder_;
  Plan plan_;
  JudgeOptions options_;
};

TEST_F(CallgrindEnds, ASleepIsTheSubmissionsFault) {
  plan_.run_limits.wall = std::chrono::milliseconds(100);
  const InstructionCount count = Count("exec /usr/bin/sleep 600");
  EXPECT_FALSE(count.infrastructure);
  EXPECT_EQ(count.instructions, 0);
}

TEST_F(CallgrindEnds, OutOfCpuTimeIsTheSubmissionsFault) {
  plan_.run_limits.wall = std::chrono::minutes(1);
  // Six for callgrind. None at all would end bwrap before it starts anything.
  plan_.run_limits.cpu_seconds = 1;
  const InstructionCount count = Count("while :; do :; done");
  EXPECT_FALSE(count.infrastructure);
  EXPECT_EQ(count.instructions, 0);
}

TEST_F(CallgrindEnds, AFailedTestIsTheSubmissionsFault) {
  plan_.run_limits.wall = std::chrono::minutes(1);
  const InstructionCount count = Count("exit 1");
  EXPECT_FALSE(count.infrastructure);
  EXPECT_EQ(count.instructions, 0);
}

}  // namespace
}  // namespace workbook::grade
