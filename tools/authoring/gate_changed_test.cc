// SPDX-License-Identifier: Apache-2.0

// The gate after a change, in a real git repository.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tools/authoring/gate.h"
#include "tools/authoring/sample_course.h"
#include "tools/process/process.h"

namespace workbook {
namespace {

class GateChangedTest : public testing::Test {
 protected:
  GateChangedTest() {
    course_.Write(".bazelrc", "build --x\n");
    course_.Write(".clang-format", "BasedOnStyle: Google\n");
    Git({"init", "-q", "-b", "main"});
    Commit();
  }

  void Git(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"git", "-c", "user.name=A", "-c", "user.email=a@b"});
    ProcessOptions options;
    options.working_directory = course_.root().string();
    const ProcessResult run = RunProcess(arguments, options);
    ASSERT_TRUE(run.ExitedWith(0)) << run.errors;
  }
  void Commit() {
    Git({"add", "-A"});
    Git({"commit", "-q", "-m", "x"});
  }

  VerifyReport Verify(const std::string& revision = "") {
    VerifyOptions options;
    options.root = course_.root();
    options.changed = revision;
    options.print = [this](const std::string& line) { told_ += line + "\n"; };
    return workbook::Verify(options, bazel_);
  }

  // Whether a command of Bazel's ends with these patterns.
  bool Built(const std::string& patterns) const {
    return std::any_of(bazel_.commands.begin(), bazel_.commands.end(),
                       [&](const std::string& command) {
                         return command.ends_with(" -- " + patterns);
                       });
  }

  void ExpectTold(const std::string& part) const {
    EXPECT_NE(told_.find(part), std::string::npos) << told_;
  }

  SampleCourse course_;
  FakeBazel bazel_{course_};
  std::string told_;
};

TEST_F(GateChangedTest, VerifiesTheExerciseThatDiffersAndSaysWhy) {
  course_.Write("solutions/01_01/NOTES.md",
                course_.Read("solutions/01_01/NOTES.md") + "\nOne more.\n");
  Verify();
  ExpectTold("files that differ from main, at ");
  ExpectTold("verifies 01_01: solutions/01_01/NOTES.md\n");
  EXPECT_TRUE(Built("//exercises/01_01/..."));
  EXPECT_TRUE(Built("//solutions/01_01/..."));
  EXPECT_FALSE(Built("//exercises/01_01/... //tools/..."));
}

TEST_F(GateChangedTest, AddsTheTestsOfToolsThatDependOnIt) {
  course_.Write("tools/x/BUILD.bazel", "");
  bazel_.tests.insert("//tools/x:x_test");
  bazel_.rules = {"//tools/x:x_test"};
  Verify();
  ExpectTold("verifies tests of tools, 1: tools/x/BUILD.bazel\n");
  EXPECT_TRUE(std::any_of(bazel_.commands.begin(), bazel_.commands.end(),
                          [](const std::string& command) {
                            return command.find(" -- //tools/x:x_test") !=
                                   std::string::npos;
                          }));
  EXPECT_FALSE(Built("//solutions/01_01/..."));
}

TEST_F(GateChangedTest, VerifiesEverythingAfterAChangeOfItsFlags) {
  course_.Write(".bazelrc", "build --y\n");
  Verify();
  ExpectTold("verifies everything: .bazelrc\n");
  EXPECT_TRUE(Built("//exercises/01_01/... //tools/..."));
}

TEST_F(GateChangedTest, BuildsNothingAfterAChangeOfTexts) {
  course_.Write("TODAY.md", "# Today\n\nA text.\n");
  EXPECT_TRUE(Verify().Green()) << told_;
  ExpectTold("no target depends on them: only texts are checked");
  EXPECT_TRUE(bazel_.commands.empty()) << bazel_.commands.front();
}

TEST_F(GateChangedTest, AnUnknownRevisionIsRedAndBuildsNothing) {
  const VerifyReport report = Verify("nonesuch");
  EXPECT_FALSE(report.Green());
  ASSERT_EQ(report.failures.size(), 1U);
  EXPECT_NE(report.failures[0].find("git knows no revision nonesuch. Fix: "),
            std::string::npos)
      << report.failures[0];
  EXPECT_TRUE(bazel_.commands.empty());
}

}  // namespace
}  // namespace workbook
