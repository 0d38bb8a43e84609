// SPDX-License-Identifier: Apache-2.0

// Over the real program of sample_bench.cc.
#include "tools/bench/comparison/program_round.h"

#include <fstream>

#include "gtest/gtest.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

ComparedPrograms Sample(const std::string& filter) {
  ComparedPrograms programs;
  programs.yours = fs::current_path() / "tools/bench/sample";
  programs.filter = filter;
  return programs;
}

TEST(RunProgramRound, TimesTheRowsOfBothStarts) {
  const RoundTimes round = RunProgramRound(Sample("sample/pair"), {}, 1);
  ASSERT_EQ(round.error, "");
  ASSERT_EQ(round.cases.size(), 1u);
  const CaseTimes& times = round.cases.at("sample/pair");
  for (const Place place : {kControl, kControlAgain}) {
    ASSERT_FALSE(times[place].subject_ns.empty());
    for (const double ns : times[place].subject_ns) {
      EXPECT_GT(ns, 0);
      EXPECT_LT(ns, 1e6);
    }
  }
  EXPECT_FALSE(times[kControl].baseline_ns.empty());
}

TEST(RunProgramRound, ARowThatIsNotWrittenHasNoTimes) {
  const RoundTimes round = RunProgramRound(Sample("sample/(todo|pair)"), {}, 1);
  EXPECT_EQ(round.error, "");
  EXPECT_TRUE(round.cases.at("sample/todo")[kControl].subject_ns.empty());
  EXPECT_FALSE(round.cases.at("sample/pair")[kControl].subject_ns.empty());
}

TEST(RunProgramRound, ACrashNamesTheRowAndTheSignal) {
  const RoundTimes round = RunProgramRound(Sample("sample/crash"), {}, 1);
  EXPECT_NE(round.error.find("sample/crash/yours:Pool"), std::string::npos)
      << round.error;
  EXPECT_NE(round.error.find("signal 6"), std::string::npos) << round.error;
}

TEST(RunProgramRound, AnUnknownRowIsSaid) {
  const RoundTimes round = RunProgramRound(Sample("no/such"), {}, 1);
  EXPECT_NE(round.error.find("exit code 2"), std::string::npos) << round.error;
}

TEST(RunProgramRound, APeersRowsAreTimedInTheSameSlices) {
  const RoundTimes round = RunProgramRound(Sample("sample/peers"), {}, 1);
  ASSERT_EQ(round.error, "");
  const ProgramTimes& times = round.cases.at("sample/peers")[kControl];
  EXPECT_FALSE(times.peers_ns.at("glibc").empty());
}

TEST(RunProgramRound, TheReferenceAloneIsComparedWithItself) {
  ComparedPrograms programs = Sample("sample/peers");
  std::swap(programs.yours, programs.reference);
  const RoundTimes round = RunProgramRound(programs, {}, 1);
  ASSERT_EQ(round.error, "");
  const CaseTimes& times = round.cases.at("sample/peers");
  EXPECT_FALSE(times[kControl].subject_ns.empty());
  EXPECT_FALSE(times[kControlAgain].subject_ns.empty());
  EXPECT_TRUE(times[kYours].subject_ns.empty());
}

TEST(RunProgramRound, AProgramThatIsNotThereIsSaid) {
  ComparedPrograms programs = Sample("");
  programs.reference = "/nowhere/bench";
  const RoundTimes round = RunProgramRound(programs, {}, 1);
  EXPECT_NE(round.error.find("No such file"), std::string::npos) << round.error;
}

TEST(RunProgramRound, AProgramThatNeverAnswersIsSaid) {
  ComparedPrograms programs = Sample("");
  programs.yours = "/usr/bin/yes";
  programs.patience = std::chrono::milliseconds(200);
  EXPECT_NE(RunProgramRound(programs, {}, 1).error, "");
}

TEST(RowFilter, IsOfRolesAndNames) {
  EXPECT_EQ(RowFilter("", "baseline|yours"), "/(baseline|yours):");
  EXPECT_EQ(RowFilter("a|b", "yours"), "(a|b).*/(yours):");
}

}  // namespace
}  // namespace workbook
