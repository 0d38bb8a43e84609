// SPDX-License-Identifier: Apache-2.0

#include "tools/process/test_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <string>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

constexpr char kSample[] = "tools/process/sample_binary";

TestRun RunSample(const std::string& filter) {
  TestRunOptions options;
  options.filter = filter;
  return RunTests(kSample, options);
}

TEST(RunTests, ReportsWhatPassed) {
  const TestRun run = RunSample("Task1Green.*");
  EXPECT_TRUE(run.process.ExitedWith(0)) << run.process.start_error;
  ASSERT_TRUE(run.reported) << run.report_error;
  ASSERT_EQ(run.tests.size(), 1U);
  EXPECT_EQ(run.tests[0].FullName(), "Task1Green.Passes");
  EXPECT_TRUE(run.tests[0].Passed());
}

TEST(RunTests, ReportsAFailureWithItsPlaceAndText) {
  const TestRun run = RunSample("Task2Red.*");
  EXPECT_TRUE(run.process.ExitedWith(1));
  ASSERT_EQ(run.tests.size(), 1U);
  ASSERT_EQ(run.tests[0].failures.size(), 1U);
  const TestFailure& failure = run.tests[0].failures[0];
  EXPECT_TRUE(failure.file.ends_with("sample_binary.cc")) << failure.file;
  EXPECT_GT(failure.line, 0);
  EXPECT_NE(failure.message.find("the sum is wrong"), std::string::npos);
}

TEST(RunTests, ReportsAnExceptionAsAFailure) {
  const TestRun run = RunSample("Task1Mixed.*");
  ASSERT_EQ(run.tests.size(), 2U);
  EXPECT_TRUE(run.tests[0].Passed());
  ASSERT_TRUE(run.tests[1].Failed());
  EXPECT_NE(run.tests[1].failures[0].message.find("is yours to write"),
            std::string::npos);
}

TEST(RunTests, ASkippedTestNeitherPassedNorFailed) {
  const TestRun run = RunSample("Task3Skipped.*");
  ASSERT_EQ(run.tests.size(), 1U);
  EXPECT_TRUE(run.tests[0].skipped);
  EXPECT_FALSE(run.tests[0].Passed());
  EXPECT_FALSE(run.tests[0].Failed());
}

TEST(RunTests, ADisabledTestDidNotRun) {
  const TestRun run = RunSample("Task5Disabled.*");
  for (const TestOutcome& test : run.tests) EXPECT_FALSE(test.ran);
}

TEST(RunTests, AnUnknownTestGivesAnEmptyReport) {
  const TestRun run = RunSample("No.Such");
  EXPECT_TRUE(run.reported) << run.report_error;
  EXPECT_TRUE(run.tests.empty());
}

TEST(RunTests, NamesTheTestInWhichItCrashed) {
  const TestRun run = RunSample("Task1Green.*:Task4Abrupt.Crashes");
  EXPECT_EQ(run.process.signal, SIGSEGV);
  EXPECT_FALSE(run.reported);
  EXPECT_EQ(run.last_started, "Task4Abrupt.Crashes");
  ASSERT_EQ(run.tests.size(), 1U) << "the test that ended before is known";
  EXPECT_TRUE(run.tests[0].Passed());
}

TEST(RunTests, NamesTheTestInWhichItHangs) {
  TestRunOptions options;
  options.filter = "Task4Abrupt.Hangs";
  options.timeout = std::chrono::milliseconds(500);
  const TestRun run = RunTests(kSample, options);
  EXPECT_TRUE(run.process.timed_out);
  EXPECT_FALSE(run.reported);
  EXPECT_EQ(run.last_started, "Task4Abrupt.Hangs");
}

TEST(RunTests, AnEarlyExitWithZeroIsNotAReport) {
  const TestRun run = RunSample("Task4Abrupt.LeavesWithZero");
  EXPECT_TRUE(run.process.ExitedWith(0));
  EXPECT_FALSE(run.reported);
}

TEST(RunTests, ABinaryThatIsNotThereIsNamed) {
  const TestRun run = RunTests("./no_such_binary");
  EXPECT_FALSE(run.process.Started());
  EXPECT_FALSE(run.reported);
}

TEST(RunTests, IsNotDecidedByTheCallersShardsAndFilters) {
  setenv("GTEST_TOTAL_SHARDS", "4", 1);
  setenv("GTEST_SHARD_INDEX", "3", 1);
  setenv("TESTBRIDGE_TEST_ONLY", "Nothing.*", 1);
  EXPECT_EQ(RunSample("Task1Green.*").tests.size(), 1U);
  unsetenv("GTEST_TOTAL_SHARDS");
  unsetenv("GTEST_SHARD_INDEX");
  unsetenv("TESTBRIDGE_TEST_ONLY");
}

TEST(ReadReport, ABrokenReportIsNoReport) {
  for (const char* text : {"", "{", "[]", "{\"testsuites\": 3}"}) {
    TestRun run;
    ReadReport(text, run);
    EXPECT_FALSE(run.reported) << text;
    EXPECT_FALSE(run.report_error.empty()) << text;
  }
}

TEST(ScratchFolder, IsGoneWithItsOwner) {
  std::filesystem::path path;
  {
    const ScratchFolder folder;
    path = folder.path();
    EXPECT_TRUE(std::filesystem::is_directory(path));
    std::filesystem::create_directories(path / "a" / "b");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace workbook
