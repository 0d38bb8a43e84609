// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/build_events.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace workbook {
namespace {

constexpr const char* kTestResult =
    R"({"id":{"testResult":{"label":"@//a/b:c_test","run":1}},)"
    R"("testResult":{"status":"FAILED","cachedLocally":true,)"
    R"("testAttemptDurationMillis":"36","testActionOutput":[)"
    R"({"name":"test.log","uri":"file:///tmp/with%20space/test.log"},)"
    R"({"name":"test.xml","uri":"file:///tmp/test.xml"}]}})";

TEST(ParseBuildEvents, FindsWhereATestLeftItsReport) {
  const BuildEvents events = ParseBuildEvents(kTestResult);
  const auto found = events.targets.find("//a/b:c_test");
  ASSERT_NE(found, events.targets.end()) << "labels lose their @";
  ASSERT_TRUE(found->second.test.has_value());
  EXPECT_EQ(found->second.test->status, "FAILED");
  EXPECT_EQ(found->second.test->log, "/tmp/with space/test.log");
  EXPECT_EQ(found->second.test->xml, "/tmp/test.xml");
  EXPECT_EQ(found->second.test->duration_ms, 36);
  EXPECT_TRUE(found->second.test->cached);
}

TEST(ParseBuildEvents, JoinsATargetWithTheActionsThatFailed) {
  const BuildEvents events = ParseBuildEvents(
      R"({"id":{"actionCompleted":{"primaryOutput":"x.o","label":"//a:x"}},)"
      R"("action":{"exitCode":1,"type":"CppCompile",)"
      R"("stderr":{"uri":"file:///tmp/stderr-1"}}})"
      "\n"
      R"({"id":{"targetCompleted":{"label":"//a:x_test"}},"children":[)"
      R"({"actionCompleted":{"primaryOutput":"x.o"}}],"completed":{}})");
  const BazelTarget& target = events.targets.at("//a:x_test");
  EXPECT_FALSE(target.built);
  ASSERT_EQ(target.failed_actions.size(), 1u);
  EXPECT_EQ(events.actions.at(target.failed_actions[0]).stderr_file,
            "/tmp/stderr-1");
}

TEST(ParseBuildEvents, ReadsTheLimitOfATestInBothForms) {
  const BuildEvents events = ParseBuildEvents(
      R"({"id":{"targetCompleted":{"label":"//a:x"}},"completed":{"success":true,"testTimeoutSeconds":"300"}}
{"id":{"targetCompleted":{"label":"//a:y"}},"completed":{"success":true,"testTimeout":"60s"}}
{"id":{"testResult":{"label":"//a:y"}},"testResult":{"status":"PASSED","executionInfo":{"cachedRemotely":true}}})");
  EXPECT_EQ(events.targets.at("//a:x").timeout_seconds, 300);
  EXPECT_EQ(events.targets.at("//a:y").timeout_seconds, 60);
  EXPECT_TRUE(events.targets.at("//a:y").test.value().cached);
}

TEST(ParseBuildEvents, TellsWhyATargetWasNotTried) {
  const BuildEvents events = ParseBuildEvents(
      R"({"id":{"targetCompleted":{"label":"//a:x"}},)"
      R"("aborted":{"reason":"ANALYSIS_FAILURE","description":"no sqlite3"}})");
  EXPECT_EQ(events.targets.at("//a:x").abort_reason, "no sqlite3");
}

TEST(ParseBuildEvents, ReadsOutputsAndTheExitCode) {
  const BuildEvents events = ParseBuildEvents(
      R"({"id":{"targetCompleted":{"label":"//a:bench"}},"completed":)"
      R"({"success":true,"importantOutput":[{"uri":"file:///out/bench"}]}})"
      "\n"
      R"({"id":{"buildFinished":{}},"finished":{"exitCode":{"code":3}}})");
  EXPECT_TRUE(events.targets.at("//a:bench").built);
  ASSERT_EQ(events.targets.at("//a:bench").outputs.size(), 1u);
  EXPECT_EQ(events.targets.at("//a:bench").outputs[0], "/out/bench");
  EXPECT_EQ(events.exit_code, 3);
}

TEST(ParseBuildEvents, ListsWhatIsNotBuiltInBazelsOrder) {
  // As Bazel 4.2.3 writes them, shortened.
  const BuildEvents events = ParseBuildEvents(
      R"({"id":{"started":{}},"started":{"uuid":"1"}}
{"id":{"targetCompleted":{"label":"//a:lib"}},"completed":{"success":true}}
{"id":{"targetCompleted":{"label":"//a:late"}},"completed":{}}
{"id":{"targetCompleted":{"label":"@//a:gone"}},"aborted":{"reason":"ANALYSIS_FAILURE"}})");
  EXPECT_TRUE(events.targets.at("//a:lib").built);
  EXPECT_EQ(events.not_built,
            (std::vector<std::string>{"//a:late", "//a:gone"}));
  EXPECT_EQ(events.targets.at("//a:gone").abort_reason, "ANALYSIS_FAILURE");
}

TEST(ParseBuildEvents, JudgesATestByItsSummary) {
  const BuildEvents events = ParseBuildEvents(
      R"({"id":{"testResult":{"label":"//a:t","run":1}},"testResult":{"testActionOutput":[{"name":"test.log","uri":"file:///x/test.log"}],"status":"FAILED"}}
{"id":{"testSummary":{"label":"//a:t"}},"testSummary":{"overallStatus":"FAILED"}}
{"id":{"testResult":{"label":"@//a:u"}},"testResult":{"status":"PASSED"}})");
  const BazelTest& failed = events.targets.at("//a:t").test.value();
  EXPECT_EQ(failed.status, "FAILED");
  EXPECT_EQ(failed.log, "/x/test.log");
  EXPECT_FALSE(failed.Passed());
  EXPECT_TRUE(failed.Ran());
  EXPECT_TRUE(events.targets.at("//a:u").test.value().Passed());
}

TEST(ParseBuildEvents, TakesTheLastAttemptAndItsFiles) {
  const BuildEvents events = ParseBuildEvents(
      R"({"id":{"testResult":{"label":"//a:t","attempt":1}},"testResult":{"status":"FAILED","testActionOutput":[{"name":"test.xml","uri":"file:///x/1.xml"}]}}
{"id":{"testResult":{"label":"//a:t","attempt":2}},"testResult":{"status":"PASSED","testActionOutput":[{"name":"test.xml","uri":"file:///x/2.xml"}]}}
{"id":{"testSummary":{"label":"//a:t"}},"testSummary":{"overallStatus":"FLAKY"}})");
  EXPECT_TRUE(events.targets.at("//a:t").test.value().Passed());
  EXPECT_EQ(events.targets.at("//a:t").test.value().xml, "/x/2.xml");
}

TEST(ParseBuildEvents, OneFailedShardFailsTheTest) {
  for (const char* order : {"12", "21"}) {
    std::string lines;
    for (const char* shard = order; *shard != 0; ++shard) {
      lines += std::string(R"({"id":{"testResult":{"label":"//a:t","shard":)") +
               *shard + R"(,"attempt":1}},"testResult":{"status":")" +
               (*shard == '1' ? "PASSED" : "FAILED") + "\"}}\n";
    }
    EXPECT_FALSE(
        ParseBuildEvents(lines).targets.at("//a:t").test.value().Passed())
        << order;
  }
}

TEST(ParseBuildEvents, KeepsTheStatusOfATestThatNeverRan) {
  const BuildEvents events = ParseBuildEvents(
      R"({"id":{"testSummary":{"label":"//a:t"}},"testSummary":{"overallStatus":"NO_STATUS"}})");
  const BazelTest& test = events.targets.at("//a:t").test.value();
  EXPECT_EQ(test.status, "NO_STATUS");
  EXPECT_FALSE(test.Passed());
  EXPECT_FALSE(test.Ran());
  EXPECT_TRUE(test.log.empty());
}

TEST(ParseBuildEvents, LeavesOutWhatIsNoEvent) {
  const BuildEvents events =
      ParseBuildEvents("\n[]\n{\"id\": 3}\nnot json\n{\"id\":{\"testRes");
  EXPECT_TRUE(events.targets.empty());
  EXPECT_TRUE(events.not_built.empty());
}

TEST(ParseBuildEvents, SurvivesAFileThatStopsAnywhere) {
  const std::string whole(kTestResult);
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_TRUE(ParseBuildEvents(whole.substr(0, length)).targets.empty());
  }
  EXPECT_FALSE(ParseBuildEvents("").exit_code.has_value());
}

TEST(ParseBuildEvents, SurvivesValuesOfTheWrongType) {
  const BuildEvents events = ParseBuildEvents(
      "[1]\n7\n{\"id\":5}\n{\"id\":{\"testResult\":{\"label\":9}},"
      "\"testResult\":{\"testActionOutput\":\"no\",\"status\":[]}}\n");
  EXPECT_FALSE(events.exit_code.has_value());
}

}  // namespace
}  // namespace workbook
