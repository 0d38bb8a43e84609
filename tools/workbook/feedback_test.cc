// SPDX-License-Identifier: Apache-2.0

// What a learner reads after a check, through the real binary.
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/text/text_file.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

class Feedback : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  // Task `number` of 09_01, as a program reads it.
  Json TaskNumber(int number) const {
    const ProcessResult result = Run({"check", "09_01", "--json"});
    return Json::parse(result.output)["tasks"][number - 1];
  }

  std::string Recorded(const std::string& name) const {
    return ReadTextFile(data() / "sanitizers" / (name + ".log")).value();
  }
};

TEST_F(Feedback, TellsEveryTaskInItsOwnWords) {
  const ProcessResult result = Run({"check", "09_01"});
  EXPECT_EQ(result.exit_code, kExitDoesNotBuild) << result.errors;
  EXPECT_EQ(result.output, Golden("check_09_01.txt"))
      << "if the new words are better, change testdata/golden";
}

TEST_F(Feedback, TellsASanitizersReportWithBothPlaces) {
  ReplayLog("crashing_test", Recorded("use_after_free"));
  const Json task = TaskNumber(6);
  EXPECT_EQ(task["state"], "crashed");
  EXPECT_EQ(task["file"], "exercises/09_01/crashing.h");
  EXPECT_EQ(task["line"], 12);
  EXPECT_EQ(task["details"][0], "writes:");
  EXPECT_EQ(task["details"][4], "freed:");
}

TEST_F(Feedback, NamesTheTestThatDidNotEnd) {
  const std::string output = Run({"check", "09_01"}).output;
  EXPECT_NE(output.find("Task7Endless.WaitsForNobody was still running after "
                        "5 s: an endless loop, or a wait"),
            std::string::npos)
      << output;
}

TEST_F(Feedback, CutsOutputThatDoesNotEnd) {
  std::string log = "[ RUN      ] Task7Endless.WaitsForNobody\n";
  while (log.size() < (std::size_t{3} << 20)) log += "still here, still here\n";
  ReplayLog("endless_test", log);
  const ProcessResult result = Run({"check", "09_01"});
  EXPECT_LT(result.output.size(), 5000u);
  EXPECT_NE(result.output.find("had printed 3 MiB: a loop that prints and does "
                               "not end: still here"),
            std::string::npos)
      << result.output;
}

TEST_F(Feedback, CutsALineThatDoesNotEnd) {
  ReplayLog("crashing_test", "[ RUN      ] Task6Crashing.WritesThroughNull\n" +
                                 std::string(std::size_t{3} << 20, 'x'));
  const ProcessResult result = Run({"check", "09_01"});
  EXPECT_LT(result.output.size(), 5000u);
  EXPECT_NE(result.output.find("bytes more)"), std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
