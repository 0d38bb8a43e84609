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

// A report of task 2, whose tests failed with these texts.
std::string RedReport(
    const std::vector<std::pair<std::string, std::string>>& failures) {
  std::string text = "<testsuites><testsuite name=\"Task2Red\">";
  for (const auto& [name, failure] : failures) {
    text +=
        "<testcase classname=\"Task2Red\" status=\"run\" line=\"10\" "
        "file=\"exercises/09_01/red_test.cc\" name=\"" +
        name + "\"><failure><![CDATA[" + failure + "]]></failure></testcase>";
  }
  return text + "</testsuite></testsuites>\n";
}

// GoogleTest reports the suites that end with DeathTest first.
TEST_F(Feedback, BeginsWithTheFirstTestOfTheFile) {
  Write("exercises/09_01/red_test.cc",
        "TEST(Task2Red, ReadsFirst) {}\nTEST(Task2Red, ReadsLast) {}\n");
  ReplayFile("09_01/logs/red_test/test.xml",
             RedReport({{"ReadsLast",
                         "exercises/09_01/red_test.cc:2\nFailed"
                         "\nlast"},
                        {"ReadsFirst",
                         "exercises/09_01/red_test.cc:1\nFailed"
                         "\nfirst"}}));
  const Json task = TaskNumber(2);
  EXPECT_EQ(task["test"], "Task2Red.ReadsFirst");
  EXPECT_EQ(task["message"], "first");
  EXPECT_EQ(task["red_tests"][1]["name"], "Task2Red.ReadsLast");
}

TEST_F(Feedback, NamesTheCallOfAHelperAndWhatATestWasAt) {
  Write("exercises/09_01/red_test.cc",
        "TEST(Task2Red, Reads) {\n  ExpectFills(\n      Bytes, 3);\n}\n");
  ReplayFile("09_01/logs/red_test/test.xml",
             RedReport({{"Reads",
                         "exercises/09_01/testing/contract.h:83\nFailed\nwhy\n"
                         "Google Test trace:\n"
                         "exercises/09_01/red_test.cc:9: round 3\n"
                         "exercises/09_01/red_test.cc:2: called from here"}}));
  const Json task = TaskNumber(2);
  EXPECT_EQ(task["file"], "exercises/09_01/red_test.cc");
  EXPECT_EQ(task["line"], 2);
  EXPECT_EQ(task["message"], "why");
  EXPECT_EQ(task["details"],
            Json::array({"while: round 3", "while: ExpectFills(Bytes, 3);"}));
}

TEST_F(Feedback, ACrashHidesNoTestThatWasRedBefore) {
  ReplayLog("crashing_test",
            "[ RUN      ] Task6Crashing.Starts\n"
            "exercises/09_01/crashing_test.cc:8: Failure\nFailed\nwhy\n\n"
            "[  FAILED  ] Task6Crashing.Starts (0 ms)\n"
            "[ RUN      ] Task6Crashing.WritesThroughNull\n");
  const Json task = TaskNumber(6);
  EXPECT_EQ(task["state"], "crashed");
  ASSERT_EQ(task["red_tests"].size(), 1u);
  EXPECT_EQ(task["red_tests"][0]["name"], "Task6Crashing.Starts");
  EXPECT_EQ(task["red_tests"][0]["line"], 8);
  EXPECT_EQ(
      task["details"],
      Json::array({"one test was red before it, Task6Crashing.Starts: why",
                   "exercises/09_01/crashing_test.cc:8"}));
}

TEST_F(Feedback, NamesTheTypeOfAnException) {
  std::string xml =
      RedReport({{"Reads",
                  "unknown file\nC++ exception with description \"too long\" "
                  "thrown in the test body."}});
  const std::string end = "</failure>";
  ReplayFile("09_01/logs/red_test/test.xml",
             xml.insert(xml.find(end) + end.size(),
                        "<properties><property name=\"exception_type\" "
                        "value=\"std::length_error\"/></properties>"));
  const Json task = TaskNumber(2);
  EXPECT_EQ(task["message"],
            "std::length_error came out of the test: too long");
  EXPECT_EQ(task["line"], 10) << "where the test begins";
}

TEST_F(Feedback, SaysThatTheStackRanOut) {
  ReplayLog("crashing_test",
            "[ RUN      ] Task6Crashing.WritesThroughNull\n"
            "the stack ran out: a recursion without an end\n"
            "Segmentation fault\n");
  EXPECT_NE(TaskNumber(6)["message"].get<std::string>().find(
                "the stack ran out: a recursion"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
