#include "tools/authoring/bazel_events.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

TEST(ParseBazelEvents, ReadsTargetsAndTests) {
  // As Bazel 4.2.3 writes them, shortened.
  const BazelEvents events = ParseBazelEvents(
      R"({"id":{"started":{}},"started":{"uuid":"1"}}
{"id":{"targetCompleted":{"label":"//a:lib"}},"completed":{"success":true}}
{"id":{"targetCompleted":{"label":"//a:broken"}},"completed":{}}
{"id":{"targetCompleted":{"label":"//a:gone"}},"aborted":{"reason":"ANALYSIS_FAILURE"}}
{"id":{"testResult":{"label":"//a:t","run":1}},"testResult":{"testActionOutput":[{"name":"test.log","uri":"file:///x/test.log"}],"status":"FAILED"}}
{"id":{"testSummary":{"label":"//a:t"}},"testSummary":{"overallStatus":"FAILED"}}
{"id":{"testResult":{"label":"@//a:u"}},"testResult":{"status":"PASSED"}})");
  EXPECT_EQ(events.built, std::vector<std::string>{"//a:lib"});
  EXPECT_EQ(events.not_built,
            (std::vector<std::string>{"//a:broken", "//a:gone"}));
  ASSERT_EQ(events.tests.size(), 2U);
  EXPECT_EQ(events.tests.at("//a:t").status, "FAILED");
  EXPECT_EQ(events.tests.at("//a:t").log, "/x/test.log");
  EXPECT_FALSE(events.tests.at("//a:t").Passed());
  EXPECT_TRUE(events.tests.at("//a:u").Passed());
}

TEST(ParseBazelEvents, TheSummaryDecidesOverAttempts) {
  const BazelEvents events = ParseBazelEvents(
      R"({"id":{"testResult":{"label":"//a:t","attempt":1}},"testResult":{"status":"FAILED"}}
{"id":{"testResult":{"label":"//a:t","attempt":2}},"testResult":{"status":"PASSED"}}
{"id":{"testSummary":{"label":"//a:t"}},"testSummary":{"overallStatus":"FLAKY"}})");
  EXPECT_TRUE(events.tests.at("//a:t").Passed());
}

TEST(ParseBazelEvents, OneFailedShardFailsTheTest) {
  const BazelEvents events = ParseBazelEvents(
      R"({"id":{"testResult":{"label":"//a:t","shard":1}},"testResult":{"status":"PASSED"}}
{"id":{"testResult":{"label":"//a:t","shard":2}},"testResult":{"status":"FAILED"}})");
  EXPECT_FALSE(events.tests.at("//a:t").Passed());
}

TEST(ParseBazelEvents, LeavesOutWhatIsNoEvent) {
  const BazelEvents events =
      ParseBazelEvents("\n[]\n{\"id\": 3}\nnot json\n{\"id\":{\"testRes");
  EXPECT_TRUE(events.tests.empty());
  EXPECT_TRUE(events.built.empty());
}

}  // namespace
}  // namespace workbook
