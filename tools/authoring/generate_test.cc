// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/generate.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/authoring/sample_course.h"
#include "tools/process/process.h"

namespace workbook {
namespace {

const std::string kStub = "exercises/01_01/pair.cc";
const std::string kReference = "solutions/01_01/pair.cc";

class GenerateTest : public testing::Test {
 protected:
  GenerateReport Generate(bool force = false) {
    return workbook::Generate(course_.root(), course_.exercise(), force);
  }

  void Git(const std::string& command) {
    ProcessOptions options;
    options.working_directory = course_.root().string();
    const ProcessResult result = RunProcess(
        {"sh", "-c", "git -c user.name=a -c user.email=a@b " + command},
        options);
    ASSERT_TRUE(result.ExitedWith(0)) << result.errors;
  }

  SampleCourse course_;
};

TEST_F(GenerateTest, LeavesAFreshStubAlone) {
  const GenerateReport report = Generate();
  EXPECT_TRUE(report.written.empty());
  EXPECT_TRUE(report.refused.empty());
  EXPECT_EQ(report.unchanged.size(), 3U);
}

TEST_F(GenerateTest, WritesAMissingStub) {
  const std::string stub = course_.Read(kStub);
  course_.Remove(kStub);
  const GenerateReport report = Generate();
  EXPECT_EQ(report.written, std::vector<std::string>{kStub});
  EXPECT_EQ(course_.Read(kStub), stub);
}

TEST_F(GenerateTest, FollowsTheReferenceAgainAndAgain) {
  Generate();
  for (const char* text : {"// A\n", "// B\n", "// C\n"}) {
    course_.Replace(kReference, "int SumOfTwo",
                    std::string(text) + "int SumOfTwo");
    EXPECT_EQ(Generate().written, std::vector<std::string>{kStub}) << text;
    EXPECT_NE(course_.Read(kStub).find(text), std::string::npos);
  }
}

TEST_F(GenerateTest, RefusesToOverwriteWork) {
  course_.Write(kStub, "// an evening's work\n");
  const GenerateReport report = Generate();
  ASSERT_EQ(report.refused.size(), 1U);
  EXPECT_NE(report.refused[0].find(kStub), std::string::npos);
  EXPECT_NE(report.refused[0].find("Fix: move it into " + kReference),
            std::string::npos)
      << report.refused[0];
  EXPECT_EQ(course_.Read(kStub), "// an evening's work\n");
}

TEST_F(GenerateTest, ForceOverwritesWork) {
  course_.Write(kStub, "// an evening's work\n");
  EXPECT_EQ(Generate(/*force=*/true).written, std::vector<std::string>{kStub});
  EXPECT_NE(course_.Read(kStub).find("Todo("), std::string::npos);
}

TEST_F(GenerateTest, OverwritesWhatGitStillHolds) {
  if (!IsInstalled("git")) GTEST_SKIP() << "git is not installed";
  course_.Write(kStub, "// an old stub\n");
  Git("init -q . && git add -A && git -c user.name=a -c user.email=a@b commit "
      "-qm first");
  EXPECT_EQ(Generate().written, std::vector<std::string>{kStub});
}

TEST_F(GenerateTest, AReferenceThatCannotBeReadLeavesTheStub) {
  const std::string stub = course_.Read(kStub);
  course_.Replace(kReference, "int SumOfTwo", "// [gievn]\nint SumOfTwo");
  const GenerateReport report = Generate();
  EXPECT_EQ(report.refused.size(), 1U);
  EXPECT_EQ(course_.Read(kStub), stub);
}

}  // namespace
}  // namespace workbook
