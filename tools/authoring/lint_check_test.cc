// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/lint_check.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

class LintCheckTest : public testing::Test {
 protected:
  // What the gate makes of a lint.sh with these lines.
  VerifyReport Check(const std::string& script) {
    const std::filesystem::path folder =
        scratch_.path() / "tools" / "authoring";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "lint.sh") << "#!/bin/sh\n" << script;
    std::filesystem::permissions(folder / "lint.sh",
                                 std::filesystem::perms::owner_all);
    return CheckThere();
  }

  VerifyReport CheckThere() {
    VerifyOptions options;
    options.root = scratch_.path();
    GateLog log(options);
    log.Step("linters");
    CheckLint(scratch_.path(), log);
    return log.Finish();
  }

 private:
  ScratchFolder scratch_;
};

TEST_F(LintCheckTest, PassesWhereNothingIsFound) {
  const VerifyReport report = Check("exit 0\n");
  EXPECT_EQ(report.passed, 1);
  EXPECT_EQ(report.failed, 0);
  EXPECT_TRUE(report.gaps.empty());
}

TEST_F(LintCheckTest, EachFindingFailsWithItsPlaceAndTheFix) {
  const VerifyReport report = Check(
      "echo 'README.md:3: SEEN ==> MEANT'\n"
      "echo 'workbook:7:1: note: quote this'\n"
      "exit 1\n");
  EXPECT_EQ(report.passed, 0);
  ASSERT_EQ(report.failures.size(), 2u);
  EXPECT_NE(report.failures[0].find("README.md:3: SEEN ==> MEANT. Fix: "),
            std::string::npos)
      << report.failures[0];
}

TEST_F(LintCheckTest, AMissingLinterIsAGap) {
  const VerifyReport report =
      Check("echo 'missing: codespell: spelling'\nexit 0\n");
  EXPECT_EQ(report.failed, 0);
  ASSERT_EQ(report.gaps.size(), 1u);
  EXPECT_NE(report.gaps[0].find("codespell: spelling"), std::string::npos);
  EXPECT_NE(report.gaps[0].find("setup --author"), std::string::npos);
}

TEST_F(LintCheckTest, AScriptThatDiesIsAFailure) {
  const VerifyReport report = Check("kill -9 $$\n");
  EXPECT_EQ(report.failed, 1);
}

TEST_F(LintCheckTest, AFolderWithoutTheScriptIsAGap) {
  const VerifyReport report = CheckThere();
  EXPECT_EQ(report.failed, 0);
  EXPECT_EQ(report.gaps.size(), 1u);
}

}  // namespace
}  // namespace workbook
