// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/bench_report.h"

#include <cmath>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/workbook/bench_json.h"
#include "tools/workbook/bench_verdict.h"
#include "tools/workbook/bench_view.h"

namespace workbook::cli {
namespace {

// Counts of the reference, its baseline and peers, and of yours and a stub.
constexpr const char* kReference = R"({"context": {"workbook_compiler": "gcc"},
  "benchmarks": [
  {"name": "a/x/baseline:new/delete", "ns_per_op": 20.0, "bytes_per_op": 64.0,
   "allocs_per_op": 1.0, "peak_bytes": 128.0},
  {"name": "a/x/reference:Pool", "allocs_per_op": 0.0},
  {"name": "a/x/peer:boost::pool"},
  {"name": "a/x/peer:fast"},
  {"name": "a/x/peer:gone", "label": "gap", "error_occurred": true,
   "error_message": "not installed: apt-get install libgone"},
  {"name": "b/y/threads:4/baseline:new/delete"},
  {"name": "b/y/threads:4/reference:Pool"}]})";

constexpr const char* kYours = R"({"benchmarks": [
  {"name": "a/x/yours:Pool", "allocs_per_op": 0.0, "iterations": 7,
   "hit_rate": 0.5},
  {"name": "b/y/threads:4/yours:Pool", "label": "not_written",
   "error_occurred": true, "error_message": "yours to write"}]})";

Exercise WithTargets() {
  Exercise exercise;
  exercise.id = "01_02";
  exercise.targets = {
      {"a/x", 5.0, 0}, {"b/y/threads:4", 2.0, 0}, {"c/z", 3.0, 0}};
  return exercise;
}

// Nine rounds: the baseline takes 80 ns, the reference 10, yours `yours` times
// as long as the reference.
Schedule Rounds(double yours) {
  Schedule schedule;
  CasePairs& pairs = schedule.cases["a/x"];
  pairs.round_count = 9;
  pairs.yours_to_control.assign(9, std::log(yours));
  pairs.control_to_itself.assign(9, 0.0);
  pairs.rounds.baseline_ns.assign(9, 80);
  pairs.rounds.control_ns.assign(9, 10);
  pairs.rounds.yours_ns.assign(9, 10 * yours);
  pairs.rounds.peers_ns["boost::pool"].assign(9, 16);
  pairs.rounds.peers_ns["fast"].assign(9, 8);
  return schedule;
}

std::vector<BenchCase> Measured(const Schedule& schedule) {
  auto cases = JoinRuns(ParseBench(kReference), ParseBench(kYours));
  ApplyRounds(schedule, cases);
  return cases;
}

TEST(ParseBench, ReadsNamesCountsAndCounters) {
  const BenchRun run = ParseBench(kReference);
  EXPECT_EQ(run.error, "");
  EXPECT_EQ(run.compiler, "gcc");
  ASSERT_EQ(run.cases.size(), 2u);
  const BenchRow& baseline = run.cases[0].rows[0];
  EXPECT_EQ(baseline.implementation, "new/delete");
  EXPECT_EQ(baseline.bytes_per_op, 64.0);
  EXPECT_EQ(baseline.ns_per_op, 0) << "no time but that of the rounds";
  EXPECT_EQ(run.cases[0].rows[1].allocs_per_op, 0.0);
  EXPECT_FALSE(run.cases[0].rows[1].peak_bytes.has_value());
  EXPECT_EQ(run.cases[1].name, "b/y/threads:4");
  EXPECT_EQ(ParseBench(kYours).cases[0].rows[0].counters,
            (std::map<std::string, double>{{"hit_rate", 0.5}}));
}

TEST(ParseBench, SaysWhatCannotBeRead) {
  EXPECT_NE(ParseBench("").error, "");
  EXPECT_NE(ParseBench("{\"benchmarks\": [").error, "");
  EXPECT_TRUE(
      ParseBench("{\"benchmarks\": [5, {\"name\": \"odd\"}]}").cases.empty());
}

TEST(JoinRuns, AddsTheRowsThatTheOtherProgramHas) {
  const auto cases = JoinRuns(ParseBench(kReference), ParseBench(kYours));
  ASSERT_EQ(cases.size(), 2u);
  ASSERT_EQ(cases[0].rows.size(), 6u);
  EXPECT_EQ(cases[0].rows[1].role, "yours");
  EXPECT_EQ(cases[0].rows[2].role, "reference");
  EXPECT_EQ(
      JoinRuns(ParseBench(kReference), ParseBench(kReference))[0].rows.size(),
      5u)
      << "a row that both have stands once";
}

TEST(ApplyRounds, EveryRowsFiguresAreOfTheSameSlices) {
  const auto cases = Measured(Rounds(2));
  const auto& rows = cases[0].rows;
  EXPECT_EQ(rows[0].ns_per_op, 80);
  for (std::size_t i = 1; i + 1 < rows.size(); ++i) {
    EXPECT_NEAR(rows[0].ns_per_op / rows[i].ns_per_op, rows[i].ratio, 1e-9);
    EXPECT_LE(rows[i].ratio_low, rows[i].ratio);
    EXPECT_GE(rows[i].ratio_high, rows[i].ratio);
  }
  EXPECT_NEAR(rows[1].ratio, 4, 1e-9) << "yours";
  EXPECT_NEAR(rows[2].ratio, 8, 1e-9) << "the reference";
  EXPECT_EQ(rows[3].implementation, "fast") << "peers from the fastest on";
  EXPECT_EQ(rows[5].implementation, "gone");
}

TEST(ApplyRounds, ARowThatFailedInARoundIsAnError) {
  Schedule schedule = Rounds(1);
  schedule.cases["a/x"].rounds.peers_ns["fast"].pop_back();
  const auto cases = Measured(schedule);
  const BenchRow* const failed = &cases[0].rows[4];
  EXPECT_EQ(failed->implementation, "fast");
  EXPECT_EQ(failed->status, "error");
  EXPECT_EQ(failed->ns_per_op, 0);
  EXPECT_TRUE(HasErrors(cases));
}

TEST(JudgeTargets, JudgesYoursByItsRounds) {
  const auto cases = Measured(Rounds(2));
  ASSERT_TRUE(cases[0].to_reference.has_value());
  EXPECT_EQ(cases[0].to_reference->verdict, Verdict::kNotMet);
  const auto targets = JudgeTargets(WithTargets(), cases);
  ASSERT_EQ(targets.size(), 3u);
  EXPECT_EQ(targets[0].verdict, "not met") << "4 times as fast, wanted 5";
  EXPECT_NEAR(targets[0].ratio, 4, 1e-9);
  EXPECT_EQ(targets[1].verdict, "not written yet");
  EXPECT_EQ(targets[2].verdict, "not measured");
  EXPECT_EQ(JudgeTargets(WithTargets(), Measured(Rounds(1)))[0].verdict, "met");
}

TEST(JudgeTargets, JudgesTheReferenceWhereItIsAlone) {
  auto cases = JoinRuns(ParseBench(kReference), {});
  ApplyRounds(Rounds(2), cases);
  EXPECT_EQ(JudgeTargets(WithTargets(), cases)[0].verdict, "met");
}

TEST(JudgeTargets, EightRoundsAreTooNoisyToTell) {
  Schedule schedule = Rounds(1);
  CasePairs& pairs = schedule.cases["a/x"];
  pairs.round_count = 8;
  pairs.control_to_itself.resize(8);
  for (auto* ns : {&pairs.rounds.baseline_ns, &pairs.rounds.control_ns,
                   &pairs.rounds.yours_ns, &pairs.rounds.peers_ns["fast"],
                   &pairs.rounds.peers_ns["boost::pool"]}) {
    ns->resize(8);
  }
  EXPECT_EQ(JudgeTargets(WithTargets(), Measured(schedule))[0].verdict,
            "too noisy to tell");
}

TEST(BenchJson, KeepsTheRoundsThatEverythingComesFrom) {
  const auto cases = Measured(Rounds(2));
  const auto json = nlohmann::json::parse(
      BenchJson("01_02", cases, JudgeTargets(WithTargets(), cases)));
  const auto& row = json["cases"][0]["rows"][2];
  EXPECT_EQ(row["role"], "reference");
  EXPECT_EQ(row["rounds_ns"].size(), 9u);
  EXPECT_EQ(row["rounds_ns"][0], 10.0);
  EXPECT_EQ(json["cases"][0]["noise_rounds"].size(), 9u);
}

TEST(ShowBench, NamesGapsOnceWithTheWayToFillThem) {
  const auto cases = Measured(Rounds(1));
  const std::string text = ShowBench(cases, JudgeTargets(WithTargets(), cases),
                                     Terminal(false, false));
  EXPECT_NE(text.find("  gone: not installed: apt-get install libgone\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("./workbook setup --peers"), std::string::npos);
  EXPECT_NE(text.find("target: yours at least 5 x baseline: met (8.00)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("not written yet"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << "no colours were asked";
}

}  // namespace
}  // namespace workbook::cli
