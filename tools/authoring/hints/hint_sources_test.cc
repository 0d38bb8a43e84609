// SPDX-License-Identifier: Apache-2.0

// What Bazel compiles for the hints of an exercise, compiled here.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/sample_course.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

const std::string kHints = "exercises/01_01/hints.md";

class HintSourcesTest : public testing::Test {
 protected:
  HintSourcesTest() {
    std::filesystem::create_directories(course_.root() / "out/01_01");
  }

  ProcessResult Write(const std::string& stem,
                      const std::vector<std::string>& files) {
    std::vector<std::string> command{tool_, "01_01", stem};
    for (const std::string& file : files) {
      command.push_back(file);
      command.push_back("out/01_01/" + file);
    }
    return RunProcess(command, Options());
  }

  ProcessResult Compile(const std::string& file) {
    return RunProcess({"g++", "-std=c++20", "-fsyntax-only", "-w", "-Iout",
                       "-Isolutions", "-x", "c++", "out/01_01/" + file},
                      Options());
  }

  ProcessOptions Options() const {
    ProcessOptions options;
    options.working_directory = course_.root().string();
    return options;
  }

  const std::string tool_ =
      std::filesystem::absolute("tools/authoring/hints/hint_sources");
  SampleCourse course_;
};

TEST_F(HintSourcesTest, TheSamplesHintsCompile) {
  ProcessResult result = Write("counter", {"counter.h"});
  ASSERT_TRUE(result.ExitedWith(0)) << result.errors;
  result = Compile("counter.h");
  EXPECT_TRUE(result.ExitedWith(0)) << result.errors;
  result = Write("pair", {"pair.h", "pair.cc"});
  ASSERT_TRUE(result.ExitedWith(0)) << result.errors;
  result = Compile("pair.cc");
  EXPECT_TRUE(result.ExitedWith(0)) << result.errors;
}

TEST_F(HintSourcesTest, CodeThatDoesNotCompileIsToldByItsLineInTheHints) {
  course_.Replace(kHints, "return ++last_;", "return ++lats_;");
  ASSERT_TRUE(Write("counter", {"counter.h"}).ExitedWith(0));
  const ProcessResult result = Compile("counter.h");
  EXPECT_TRUE(result.ExitedWith(1));
  EXPECT_NE(result.errors.find(kHints + ":9:"), std::string::npos)
      << result.errors;
  EXPECT_NE(result.errors.find("error: 'lats_' was not declared"),
            std::string::npos)
      << result.errors;
}

TEST_F(HintSourcesTest, RefusesCodeWithoutPlace) {
  course_.Replace(kHints, "// in Counter::Next", "// in Counter::Nxet");
  const ProcessResult result = Write("counter", {"counter.h"});
  EXPECT_TRUE(result.ExitedWith(1));
  EXPECT_NE(result.errors.find(kHints + ":8: speaks of Counter::Nxet"),
            std::string::npos)
      << result.errors;
}

TEST_F(HintSourcesTest, RefusesWhatItCannotReadOrWrite) {
  EXPECT_TRUE(Write("counter", {"no_such.h"}).ExitedWith(1));
  EXPECT_TRUE(
      RunProcess({tool_, "09_09", "counter", "counter.h", "out/x.h"}, Options())
          .ExitedWith(1));
  const ProcessResult usage = RunProcess({tool_}, Options());
  EXPECT_TRUE(usage.ExitedWith(2));
  EXPECT_TRUE(usage.errors.starts_with("usage: ")) << usage.errors;
}

}  // namespace
}  // namespace workbook
