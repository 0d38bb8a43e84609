// SPDX-License-Identifier: Apache-2.0

// The commands that BUILD files call, driven as Bazel drives them.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/sample_course.h"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr char kSample[] = "tools/process/sample_binary";
constexpr char kExpectRed[] = "tools/authoring/expect_red";
constexpr char kExpectCaught[] = "tools/authoring/expect_caught";
constexpr char kMakeStub[] = "tools/authoring/make_stub";
constexpr char kNamedTest[] = "tools/authoring/named_test";

class ProofCommandsTest : public testing::Test {
 protected:
  // A file with this text; returns its path.
  std::string File(const std::string& name, const std::string& text) {
    const std::string path = (folder_.path() / name).string();
    EXPECT_FALSE(ReplaceTextFile(path, text));
    return path;
  }

  std::string Patch(const std::string& caught_by) {
    return File("pool.leak.patch", "Wrong: leaks.\nCaught by: " + caught_by +
                                       "\n\n--- a/solutions/01_02/pool.h\n+++ "
                                       "b/solutions/01_02/pool.h\n@@ -1 +1 "
                                       "@@\n-a\n+b\n");
  }

  ProcessResult Caught(const std::string& caught_by,
                       const std::string& seconds = "60") {
    ProcessOptions options;
    options.environment = {{"TEST_TIMEOUT", seconds}};
    return RunProcess({kExpectCaught, kSample, Patch(caught_by)}, options);
  }

  ScratchFolder folder_;
};

TEST_F(ProofCommandsTest, ExpectCaughtPassesIfEveryNamedTestFails) {
  const ProcessResult result =
      Caught("Task2Red.FailsAnExpectation, Task1Mixed.IsYoursToWrite");
  EXPECT_TRUE(result.ExitedWith(0)) << result.output << result.errors;
}

TEST_F(ProofCommandsTest, ExpectCaughtRunsEachTestByItself) {
  const ProcessResult result =
      Caught("Task2Red.FailsAnExpectation, Task1Green.Passes");
  EXPECT_TRUE(result.ExitedWith(1));
  EXPECT_NE(result.output.find("survives: Task1Green.Passes"),
            std::string::npos)
      << result.output;
}

TEST_F(ProofCommandsTest, ExpectCaughtStopsAHangBeforeBazelDoes) {
  const ProcessResult result = Caught("Task4Abrupt.Hangs", "2");
  EXPECT_TRUE(result.ExitedWith(1)) << DescribeEnd(result);
  EXPECT_NE(result.output.find("hung during Task4Abrupt.Hangs"),
            std::string::npos)
      << result.output;
}

TEST_F(ProofCommandsTest, ExpectCaughtWantsAReportOfARace) {
  const ProcessResult result = RunProcess(
      {kExpectCaught, "--race", kSample, Patch("Task2Red.FailsAnExpectation")});
  EXPECT_TRUE(result.ExitedWith(1)) << DescribeEnd(result);
  EXPECT_NE(result.output.find("reports no data race"), std::string::npos)
      << result.output;
}

TEST_F(ProofCommandsTest, ExpectCaughtRefusesAPatchWithoutHead) {
  const ProcessResult result =
      RunProcess({kExpectCaught, kSample, File("a.patch", "--- a\n")});
  EXPECT_TRUE(result.ExitedWith(1));
  EXPECT_NE(result.output.find("a.patch:1: the first line must be"),
            std::string::npos)
      << result.output;
}

TEST_F(ProofCommandsTest,
       NamedTestWritesTheSourceThatDeclaresItWithoutOtherTests) {
  const std::string first = File("a_test.cc", "TEST(Task1A, Works) {}\n");
  const std::string second =
      File("b_test.cc",
           "TEST_F(Task1B, Works) {}\nTEST(Task1B, Grows) {}\n"
           "TEST(Task1B, Ends) {}\n");
  const std::string out = File("named.cc", "");
  const ProcessResult result = RunProcess(
      {kNamedTest, Patch("Task1B.Works, Task1B.Ends"), out, first, second});
  EXPECT_TRUE(result.ExitedWith(0)) << result.errors;
  EXPECT_EQ(ReadTextFile(out),
            "#pragma GCC diagnostic ignored \"-Wunused-function\"\n#line 1 \"" +
                second +
                "\"\nTEST_F(Task1B, Works) {}\n\nTEST(Task1B, Ends) {}\n");
}

TEST_F(ProofCommandsTest, NamedTestRefusesTestsOfTwoSources) {
  const std::string first = File("a_test.cc", "TEST(Task1A, Works) {}\n");
  const std::string second = File("b_test.cc", "TEST(Task1B, Works) {}\n");
  const ProcessResult result =
      RunProcess({kNamedTest, Patch("Task1A.Works, Task1B.Works"),
                  File("named.cc", ""), first, second});
  EXPECT_TRUE(result.ExitedWith(1)) << DescribeEnd(result);
  EXPECT_NE(result.errors.find("pool.leak.patch:2: no source of the test "
                               "declares Task1A.Works and Task1B.Works. Fix:"),
            std::string::npos)
      << result.errors;
}

TEST_F(ProofCommandsTest, ExpectRedRefusesTheSampleThatCrashes) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{kExpectRed, kSample},
        std::vector<std::string>{kExpectRed, "--improve", kSample}}) {
    const ProcessResult result = RunProcess(command);
    EXPECT_TRUE(result.ExitedWith(1)) << DescribeEnd(result);
    EXPECT_NE(result.output.find("crashed during Task4Abrupt.Crashes"),
              std::string::npos)
        << result.output;
  }
}

TEST_F(ProofCommandsTest, MakeStubWritesTheStubOfTheCourseItStandsIn) {
  const SampleCourse course;
  const std::string tool = std::filesystem::absolute(kMakeStub);
  ProcessOptions options;
  options.working_directory = course.root().string();
  const std::string out = (folder_.path() / "out.cc").string();
  EXPECT_TRUE(
      RunProcess({tool, "01_01", "pair.cc", out}, options).ExitedWith(0));
  EXPECT_EQ(ReadTextFile(out), course.Read("exercises/01_01/pair.cc"));

  const ProcessResult missing =
      RunProcess({tool, "01_01", "no_such.h", out}, options);
  EXPECT_TRUE(missing.ExitedWith(1));
  EXPECT_NE(missing.errors.find("no_such.h: can't be read"), std::string::npos)
      << missing.errors;
  const ProcessResult unwritable =
      RunProcess({tool, "01_01", "pair.cc", "/no/such/out.h"}, options);
  EXPECT_TRUE(unwritable.ExitedWith(1));
  EXPECT_NE(unwritable.errors.find("/no/such/out.h: can't be written"),
            std::string::npos);
  const ProcessResult unknown =
      RunProcess({tool, "09_09", "pair.cc", out}, options);
  EXPECT_TRUE(unknown.ExitedWith(1));
  EXPECT_NE(unknown.errors.find("exercises/09_09/exercise.toml can't be read"),
            std::string::npos);
}

TEST_F(ProofCommandsTest, WrongArgumentsAreToldByAnExitCodeOfTheirOwn) {
  for (const char* command : {kExpectRed, kExpectCaught, kMakeStub}) {
    const ProcessResult result = RunProcess({command});
    EXPECT_TRUE(result.ExitedWith(2)) << command;
    EXPECT_TRUE(result.errors.starts_with("usage: ")) << result.errors;
  }
}

}  // namespace
}  // namespace workbook
