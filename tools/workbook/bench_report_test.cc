#include "tools/workbook/bench_report.h"

#include <cmath>

#include "gtest/gtest.h"
#include "tools/workbook/bench_json.h"
#include "tools/workbook/bench_verdict.h"
#include "tools/workbook/bench_view.h"

namespace workbook::cli {
namespace {

// Three repetitions of a baseline and of yours, a stub and a gap.
constexpr const char* kYours = R"({"benchmarks": [
  {"name": "a/x/baseline:new_delete", "ns_per_op": 20.0, "bytes_per_op": 64.0,
   "allocs_per_op": 1.0, "peak_bytes": 128.0},
  {"name": "a/x/baseline:new_delete", "ns_per_op": 90.0},
  {"name": "a/x/baseline:new_delete", "ns_per_op": 22.0},
  {"name": "a/x/yours:Pool", "ns_per_op": 4.0, "allocs_per_op": 0.0,
   "iterations": 7, "hit_rate": 0.5},
  {"name": "a/x/peer:slow", "ns_per_op": 11.0},
  {"name": "a/x/peer:fast", "ns_per_op": 2.0},
  {"name": "a/x/peer:gone", "label": "gap", "error_occurred": true,
   "error_message": "not installed: apt-get install libgone"},
  {"name": "b/y/threads:4/baseline:new_delete", "ns_per_op": 10.0},
  {"name": "b/y/threads:4/yours:Pool", "label": "not_written",
   "error_occurred": true, "error_message": "yours to write"}]})";

constexpr const char* kReference = R"({"benchmarks": [
  {"name": "a/x/baseline:new_delete", "ns_per_op": 44.0},
  {"name": "a/x/reference:Pool", "ns_per_op": 4.0}]})";

Exercise WithTargets() {
  Exercise exercise;
  exercise.id = "01_02";
  exercise.targets = {
      {"a/x", 5.0, 0}, {"b/y/threads:4", 2.0, 0}, {"c/z", 3.0, 0}};
  return exercise;
}

TEST(ParseBench, TakesTheMedianOfTheRepetitions) {
  const BenchRun run = ParseBench(kYours);
  EXPECT_EQ(run.error, "");
  ASSERT_EQ(run.cases.size(), 2u);
  const BenchCase& first = run.cases[0];
  EXPECT_EQ(first.name, "a/x");
  EXPECT_EQ(first.rows[0].ns_per_op, 22.0);
  EXPECT_EQ(first.rows[0].bytes_per_op, 64.0);
  EXPECT_EQ(first.rows[1].ratio, 5.5);
  EXPECT_EQ(first.rows[1].allocs_per_op, 0.0);
  EXPECT_FALSE(first.rows[1].peak_bytes.has_value());
  EXPECT_EQ(first.rows[1].counters,
            (std::map<std::string, double>{{"hit_rate", 0.5}}));
  EXPECT_EQ(run.cases[1].name, "b/y/threads:4");
}

TEST(ParseBench, SaysWhatCannotBeRead) {
  EXPECT_NE(ParseBench("").error, "");
  EXPECT_NE(ParseBench("{\"benchmarks\": [").error, "");
  EXPECT_TRUE(
      ParseBench("{\"benchmarks\": [5, {\"name\": \"odd\"}]}").cases.empty());
}

TEST(JoinRuns, TakesTheReferencesRatioFromItsOwnRun) {
  const auto cases = JoinRuns(ParseBench(kYours), ParseBench(kReference));
  ASSERT_EQ(cases.size(), 2u);
  const auto& rows = cases[0].rows;
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[0].role, "baseline");
  EXPECT_EQ(rows[0].ns_per_op, 22.0) << "the learner's run";
  EXPECT_EQ(rows[1].role, "yours");
  EXPECT_EQ(rows[2].role, "reference");
  EXPECT_EQ(rows[2].ratio, 11.0) << "44 ns against 4 ns of the same run";
  EXPECT_EQ(rows[3].implementation, "fast");
  EXPECT_EQ(rows[4].implementation, "slow");
  EXPECT_EQ(rows[5].implementation, "gone");
}

// Nine rounds in which yours is `yours` times the reference's time.
Schedule Rounds(double yours) {
  Schedule schedule;
  CasePairs& pairs = schedule.cases["a/x"];
  pairs.yours_to_control.assign(9, std::log(yours));
  pairs.yours_to_baseline.assign(9, std::log(yours / 8));
  pairs.control_to_baseline.assign(9, std::log(1.0 / 8));
  pairs.control_to_itself.assign(9, 0.0);
  return schedule;
}

TEST(ApplyPairs, JudgesAgainstTheReferenceAndTheTarget) {
  auto cases = JoinRuns(ParseBench(kYours), ParseBench(kReference));
  auto targets = JudgeTargets(WithTargets(), cases);
  ApplyPairs(Rounds(2), cases, targets);
  ASSERT_TRUE(cases[0].to_reference.has_value());
  EXPECT_EQ(cases[0].to_reference->verdict, Verdict::kNotMet);
  EXPECT_EQ(targets[0].verdict, "not met") << "4 times as fast, wanted 5";
  EXPECT_NEAR(targets[0].ratio, 4, 1e-9);
  EXPECT_NEAR(cases[0].rows[1].ratio, 4, 1e-9) << "yours";
  EXPECT_NEAR(cases[0].rows[2].ratio, 8, 1e-9) << "the reference";
  EXPECT_FALSE(cases[1].to_reference.has_value());
  EXPECT_EQ(targets[1].verdict, "not written yet");
}

TEST(ApplyPairs, TooFewRoundsAreTooNoisyToTell) {
  auto cases = JoinRuns(ParseBench(kYours), ParseBench(kReference));
  auto targets = JudgeTargets(WithTargets(), cases);
  Schedule schedule = Rounds(1);
  schedule.cases["a/x"].yours_to_control.resize(4);
  schedule.cases["a/x"].yours_to_baseline.resize(4);
  ApplyPairs(schedule, cases, targets);
  EXPECT_EQ(cases[0].to_reference->verdict, Verdict::kTooNoisy);
  EXPECT_EQ(targets[0].verdict, "too noisy to tell");
}

TEST(JudgeTargets, TellsMetNotMetAndNotWritten) {
  const auto cases = JoinRuns(ParseBench(kYours), {});
  auto exercise = WithTargets();
  auto verdicts = JudgeTargets(exercise, cases);
  ASSERT_EQ(verdicts.size(), 3u);
  EXPECT_EQ(verdicts[0].verdict, "met");
  EXPECT_EQ(verdicts[0].ratio, 5.5);
  EXPECT_EQ(verdicts[1].verdict, "not written yet");
  EXPECT_EQ(verdicts[2].verdict, "not measured");
  exercise.targets[0].at_least = 6.0;
  EXPECT_EQ(JudgeTargets(exercise, cases)[0].verdict, "not met");
}

TEST(ShowBench, NamesGapsOnceWithTheWayToFillThem) {
  const auto cases = JoinRuns(ParseBench(kYours), ParseBench(kReference));
  const std::string text = ShowBench(cases, JudgeTargets(WithTargets(), cases),
                                     Terminal(false, false));
  EXPECT_NE(text.find("  gone: not installed: apt-get install libgone\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("./workbook setup --peers"), std::string::npos);
  EXPECT_NE(text.find("target: yours at least 5 x baseline: met (5.50)"),
            std::string::npos);
  EXPECT_NE(text.find("not written yet"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << "no colours were asked";
}

}  // namespace
}  // namespace workbook::cli
