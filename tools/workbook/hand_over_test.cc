// SPDX-License-Identifier: Apache-2.0

// Words of an instructor, given to the learner's binary.
#include <string>

#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

class HandOver : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls
};

TEST_F(HandOver, TheInstructorsBinaryGetsEveryWordAndGivesTheExitCode) {
  const ProcessResult result =
      Run({"apply", "--out", "some marks", "--why", "", "--raised-only"});
  EXPECT_EQ(result.output,
            "[apply]\n[--out]\n[some marks]\n[--why]\n[]\n[--raised-only]\n")
      << result.errors;
  EXPECT_EQ(result.exit_code, 3);
}

TEST_F(HandOver, EveryWordOfAnInstructorIsHandedOver) {
  const std::vector<std::vector<std::string>> lines = {
      {"grade", "--exercise", "09_01", "--submissions", "in", "--out", "marks"},
      {"regrade", "--exercise", "09_01", "--submissions", "in", "--out", "o"},
      {"run-job", "batch/jobs/1.json"},
      {"release", "--out", "copy"},
      {"similarity", "--exercise", "09_01", "--submissions", "in", "--out",
       "alike"}};
  for (const auto& line : lines) {
    EXPECT_EQ(Run(line).output.find("[" + line[0] + "]\n[" + line[1] + "]\n"),
              0u);
  }
}

TEST_F(HandOver, WrongWordsAndHelpWaitForNoBuild) {
  set_bazel("/nonexistent/bazel");
  EXPECT_EQ(Run({"grade", "--exercise", "09_01"}).exit_code, kExitUsage);
  const ProcessResult help = Run({"grade", "--help"});
  EXPECT_EQ(help.exit_code, kExitOk);
  EXPECT_NE(help.output.find("--write-jobs"), std::string::npos);
}

TEST_F(HandOver, SaysWhyThereIsNoInstructorsBinary) {
  set_fake_bazel("does_not_compile");
  const ProcessResult result = Run({"release", "--out", "copy"});
  ExpectProblem(result, kExitEnvironment, "could not be built");
  EXPECT_NE(result.errors.find("plan.cc failed"), std::string::npos);
  set_fake_bazel("gives_up");
  ExpectProblem(Run({"release", "--out", "copy"}), kExitEnvironment,
                "sqlite3 is not installed");
}

TEST_F(HandOver, SaysThatTheInstructorsBinaryDoesNotStart) {
  ReplayFile("instructor/events.json",
             R"({"id":{"targetCompleted":{"label":)"
             R"("//tools/workbook/instructor:instructor"}},"completed":)"
             R"({"success":true,"importantOutput":[{"uri":"file:///gone"}]}})");
  ExpectProblem(Run({"release", "--out", "copy"}), kExitEnvironment,
                "did not start");
}

}  // namespace
}  // namespace workbook::cli
