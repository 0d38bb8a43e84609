// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/verdict.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

constexpr char kSample[] = "tools/process/sample_binary";

TestRun RunSample(const std::string& filter) {
  TestRunOptions options;
  options.filter = filter;
  options.timeout = std::chrono::seconds(2);
  return RunTests(kSample, options);
}

Verdict Stub(const std::string& filter, StubKind kind = StubKind::kBuild) {
  return JudgeStub("pool_stub", kind, RunSample(filter));
}

Verdict Mutant(const std::string& test) {
  return JudgeMutant("pool.leak.patch", test, RunSample(test));
}

// Refused, and the message names the subject, the fault and a fix.
void ExpectRefused(const Verdict& verdict, const std::string& subject,
                   const std::string& fault) {
  EXPECT_FALSE(verdict.ok) << verdict.message;
  EXPECT_TRUE(verdict.message.starts_with(subject)) << verdict.message;
  EXPECT_NE(verdict.message.find(fault), std::string::npos) << verdict.message;
  EXPECT_NE(verdict.message.find("Fix: "), std::string::npos)
      << verdict.message;
}

TEST(JudgeStub, AcceptsASuiteWithATodoBesideGreenTests) {
  const Verdict verdict = Stub("Task1Mixed.*");
  EXPECT_TRUE(verdict.ok) << verdict.message;
  EXPECT_NE(verdict.message.find("1 of 2 tests are red"), std::string::npos);
}

TEST(JudgeStub, RefusesAGreenStub) {
  ExpectRefused(Stub("Task1Green.*"), "pool_stub", "Task1Green is green");
}

TEST(JudgeStub, RefusesOneGreenSuiteAmongRedOnes) {
  ExpectRefused(Stub("Task1*"), "pool_stub", "Task1Green is green");
}

TEST(JudgeStub, RefusesASuiteThatOnlySkips) {
  ExpectRefused(Stub("Task1Mixed.*:Task3Skipped.*"), "pool_stub",
                "Task3Skipped is green");
}

TEST(JudgeStub, RefusesARedSuiteThatDoesNotSayTodo) {
  ExpectRefused(Stub("Task2Red.*"), "pool_stub", "is yours to write");
}

TEST(JudgeStub, AcceptsRedCountsInAnExerciseToImprove) {
  const Verdict verdict = Stub("Task2Red.*", StubKind::kImprove);
  EXPECT_TRUE(verdict.ok) << verdict.message;
}

TEST(JudgeStub, RefusesAnExerciseToImproveThatIsGreen) {
  ExpectRefused(Stub("Task1Green.*", StubKind::kImprove), "pool_stub",
                "is green");
}

TEST(JudgeStub, RefusesACrash) {
  ExpectRefused(Stub("Task4Abrupt.Crashes"), "pool_stub",
                "crashed during Task4Abrupt.Crashes");
  ExpectRefused(Stub("Task4Abrupt.Aborts"), "pool_stub",
                "crashed during Task4Abrupt.Aborts");
}

TEST(JudgeStub, RefusesAHang) {
  ExpectRefused(Stub("Task4Abrupt.Hangs"), "pool_stub",
                "hung during Task4Abrupt.Hangs");
}

TEST(JudgeStub, RefusesAnEarlyExit) {
  for (const char* test :
       {"LeavesWithZero", "LeavesWithOne", "LeavesWithSeven"}) {
    ExpectRefused(Stub(std::string("Task4Abrupt.") + test), "pool_stub",
                  "left the test run early");
  }
}

TEST(JudgeStub, RefusesABinaryWithoutTests) {
  ExpectRefused(Stub("No.Such"), "pool_stub", "has no test");
}

TEST(JudgeStub, RefusesABinaryThatIsNotThere) {
  const Verdict verdict =
      JudgeStub("pool_stub", StubKind::kBuild, RunTests("./no_such_binary"));
  EXPECT_FALSE(verdict.ok);
  EXPECT_NE(verdict.message.find("Build it first"), std::string::npos);
}

TEST(JudgeStub, RefusesAnotherExitCodeThanOne) {
  TestRun run = RunSample("Task1Mixed.*");
  run.process.exit_code = 7;
  ExpectRefused(JudgeStub("pool_stub", StubKind::kBuild, run), "pool_stub",
                "exit code 7 instead of 1");
}

TEST(JudgeMutant, AcceptsATestThatFails) {
  EXPECT_TRUE(Mutant("Task2Red.FailsAnExpectation").ok);
}

TEST(JudgeMutant, RefusesAMutantThatSurvives) {
  ExpectRefused(Mutant("Task1Green.Passes"), "pool.leak.patch",
                "survives: Task1Green.Passes passes");
}

TEST(JudgeMutant, RefusesATestThatDoesNotExist) {
  ExpectRefused(Mutant("Task2Red.NoSuchTest"), "pool.leak.patch:2",
                "there is no such test");
}

TEST(JudgeMutant, RefusesATestThatDoesNotRun) {
  ExpectRefused(Mutant("Task3Skipped.SkipsItself"), "pool.leak.patch:2",
                "did not run");
}

TEST(JudgeMutant, RefusesACrashAndAHang) {
  ExpectRefused(Mutant("Task4Abrupt.Crashes"), "pool.leak.patch", "crashed");
  ExpectRefused(Mutant("Task4Abrupt.Hangs"), "pool.leak.patch", "hung");
}

TEST(JudgeMutant, RefusesAnEarlyExitWithOne) {
  ExpectRefused(Mutant("Task4Abrupt.LeavesWithOne"), "pool.leak.patch",
                "left the test run early");
}

TEST(JudgeMutant, RefusesAnotherExitCodeThanOne) {
  TestRun run = RunSample("Task2Red.FailsAnExpectation");
  run.process.exit_code = 0;
  ExpectRefused(
      JudgeMutant("pool.leak.patch", "Task2Red.FailsAnExpectation", run),
      "pool.leak.patch", "instead of exit code 1");
}

// How a run ends that ThreadSanitizer stops at its first report.
TestRun RunWithRace() {
  TestRun run;
  run.process.exit_code = 66;
  run.process.errors = "WARNING: ThreadSanitizer: data race (pid=7)\n";
  run.last_started = "Task1Pool.SharesABlock";
  return run;
}

TEST(JudgeRace, AcceptsAReportDuringTheTest) {
  const Verdict verdict =
      JudgeRace("pool.race.patch", "Task1Pool.SharesABlock", RunWithRace());
  EXPECT_TRUE(verdict.ok) << verdict.message;
}

TEST(JudgeRace, RefusesARunWithoutReport) {
  TestRun run = RunWithRace();
  run.process.errors.clear();
  ExpectRefused(JudgeRace("pool.race.patch", "Task1Pool.SharesABlock", run),
                "pool.race.patch", "no data race");
  run = RunWithRace();
  run.process.errors = "WARNING: ThreadSanitizer: thread leak (pid=7)\n";
  ExpectRefused(JudgeRace("pool.race.patch", "Task1Pool.SharesABlock", run),
                "pool.race.patch", "no data race");
}

TEST(JudgeRace, RefusesARunThatGoesOnOrAnotherTest) {
  TestRun run = RunWithRace();
  run.process.exit_code = 1;
  ExpectRefused(JudgeRace("pool.race.patch", "Task1Pool.SharesABlock", run),
                "pool.race.patch", "exit code 1");
  ExpectRefused(JudgeRace("pool.race.patch", "Task1Pool.Other", RunWithRace()),
                "pool.race.patch", "Task1Pool.Other");
}

}  // namespace
}  // namespace workbook
