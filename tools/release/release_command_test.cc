// SPDX-License-Identifier: Apache-2.0

// ./workbook release itself, on the sample course: what it says, and its exit
// codes.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/process/process.h"
#include "tools/release/sample_release.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

class ReleaseCommand : public SampleRelease {
 protected:
  ProcessResult Workbook(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {program_.string(), "release"});
    ProcessOptions options;
    options.environment = {{"WORKBOOK_ROOT", course_.root().string()},
                           {"NO_COLOR", "1"}};
    options.timeout = std::chrono::seconds(60);
    return RunProcess(arguments, options);
  }

  void ExpectRefusal(const std::vector<std::string>& arguments, int exit_code,
                     const std::string& text) const {
    const ProcessResult result = Workbook(arguments);
    EXPECT_EQ(result.exit_code, exit_code) << result.errors;
    EXPECT_NE(result.errors.find(text), std::string::npos) << result.errors;
    EXPECT_FALSE(fs::exists(out_));
  }

  const fs::path program_ =
      fs::absolute("tools/workbook/instructor/instructor");
};

TEST_F(ReleaseCommand, SaysWhatItDoesAndWhereTheCopyIs) {
  const ProcessResult result =
      Workbook({"--out", out_.string(), "--exercises", "01_01", "--no-build"});
  ASSERT_EQ(result.exit_code, 0) << result.errors;
  EXPECT_TRUE(fs::exists(out_ / "RELEASE.txt"));
  for (const char* line : {"commit ", "files of 1 exercises", "scanning for",
                           "not built, as you asked", " holds the copy"}) {
    EXPECT_NE(result.output.find(line), std::string::npos) << line;
  }
}

TEST_F(ReleaseCommand, EndsWithThreeWhereSomethingIsRecognised) {
  course_.Write("exercises/01_01/hints.md", kSampleBody);
  Commit();
  ExpectRefusal({"--out", out_.string(), "--no-build"}, 3,
                "exercises/01_01/hints.md:1: holds");
}

TEST_F(ReleaseCommand, EndsWithTwoWhereTheLineIsWrong) {
  ExpectRefusal({}, 2, "--out");
  ExpectRefusal({"--out", out_.string(), "--exercises", "01_01,07_07"}, 2,
                "no exercise 07_07");
}

TEST_F(ReleaseCommand, EndsWithFourWhereThePlaceIsWrong) {
  ExpectRefusal({"--out", (course_.root() / "copy").string()}, 4,
                "inside the course");
}

}  // namespace
}  // namespace workbook::release
