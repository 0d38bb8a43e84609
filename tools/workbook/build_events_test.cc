#include "tools/workbook/build_events.h"

#include "gtest/gtest.h"

namespace workbook::cli {
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
}  // namespace workbook::cli
