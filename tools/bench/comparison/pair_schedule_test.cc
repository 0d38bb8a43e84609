// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/pair_schedule.h"

#include <cmath>

#include "gtest/gtest.h"

namespace workbook {
namespace {

// Rounds of one or two cases that take three seconds and are always the same.
class PlayedRounds {
 public:
  ScheduleHooks Hooks() {
    ScheduleHooks hooks;
    hooks.run_round = [this](const std::set<std::string>& settled,
                             std::uint64_t seed) { return Run(settled, seed); };
    hooks.now_seconds = [this] { return now_seconds_; };
    hooks.settled = [this](const std::string& name, const CasePairs& pairs) {
      return name == "a/x" ? settled_ : pairs.yours_to_control.size() >= 17;
    };
    return hooks;
  }

  std::vector<std::set<std::string>> asked_;  // what was settled, a round
  std::set<std::uint64_t> seeds_;
  bool settled_ = true;
  bool two_cases_ = false;
  int fails_at_ = -1;

 private:
  RoundTimes Run(const std::set<std::string>& settled, std::uint64_t seed) {
    RoundTimes round;
    if (static_cast<int>(asked_.size()) == fails_at_) round.error = "crashed";
    asked_.push_back(settled);
    seeds_.insert(seed);
    now_seconds_ += 3;
    for (const std::string name : {"a/x", "a/y"}) {
      if (settled.count(name) != 0 || (name == "a/y" && !two_cases_)) continue;
      CaseTimes& times = round.cases[name];
      times[kControl] = {{10, 11, 500}, {40, 40, 40}, {{"q", {20, 80, 80}}}};
      times[kControlAgain] = {{10, 11, 5}, {}, {}};
      times[kYours] = {{20, 22, 20}, {}, {}};
    }
    return round;
  }

  double now_seconds_ = 100;
};

TEST(RunSchedule, StopsAtNinePairsWhenSettled) {
  PlayedRounds rounds;
  const Schedule schedule = RunSchedule({}, rounds.Hooks());
  EXPECT_EQ(schedule.rounds, 9);
  EXPECT_EQ(schedule.cases.at("a/x").yours_to_control.size(), 9u);
  EXPECT_EQ(rounds.seeds_.size(), 9u) << "each round draws its own order";
}

TEST(RunSchedule, TakesTheMedianOfARoundsSlices) {
  PlayedRounds rounds;
  const Schedule schedule = RunSchedule({}, rounds.Hooks());
  const CasePairs& pairs = schedule.cases.at("a/x");
  EXPECT_NEAR(pairs.yours_to_control[0], std::log(2.0), 1e-12)
      << "the third slice was interrupted";
  EXPECT_NEAR(pairs.control_to_itself[0], 0, 1e-12);
  EXPECT_NEAR(pairs.yours_to_baseline[0], std::log(0.5), 1e-12);
  EXPECT_NEAR(pairs.control_to_baseline[0], std::log(11.0 / 40), 1e-12);
}

TEST(RunSchedule, ARowsTimeIsTheBaselinesTimesItsPairedRatio) {
  PlayedRounds rounds;
  const Schedule schedule = RunSchedule({}, rounds.Hooks());
  const CasePairs& pairs = schedule.cases.at("a/x");
  EXPECT_EQ(pairs.round_count, 9);
  EXPECT_EQ(pairs.rounds.baseline_ns, std::vector<double>(9, 40));
  ASSERT_EQ(pairs.rounds.peers_ns.at("q").size(), 9u);
  EXPECT_NEAR(pairs.rounds.peers_ns.at("q")[0], 80, 1e-9);
  EXPECT_NEAR(pairs.rounds.control_ns[0], 11, 1e-9);
  EXPECT_NEAR(pairs.rounds.yours_ns[0], 20, 1e-9);
}

TEST(RunSchedule, GoesOnToTheMostPairsWhileUnsettled) {
  PlayedRounds rounds;
  rounds.settled_ = false;
  ScheduleOptions options;
  options.most_seconds = 1000;
  const Schedule schedule = RunSchedule(options, rounds.Hooks());
  EXPECT_EQ(schedule.rounds, ScheduleOptions().most_pairs);
  EXPECT_FALSE(schedule.ran_out_of_time);
}

TEST(RunSchedule, SpendsItsTimeOnWhatIsNotSettled) {
  PlayedRounds rounds;
  rounds.two_cases_ = true;
  const Schedule schedule = RunSchedule({}, rounds.Hooks());
  EXPECT_EQ(schedule.rounds, 17);
  EXPECT_EQ(schedule.cases.at("a/x").yours_to_control.size(), 9u);
  EXPECT_EQ(schedule.cases.at("a/y").yours_to_control.size(), 17u);
  EXPECT_TRUE(rounds.asked_[8].empty());
  EXPECT_EQ(rounds.asked_[9], std::set<std::string>{"a/x"});
}

TEST(RunSchedule, StartsNoRoundThatWouldEndTooLate) {
  PlayedRounds rounds;
  rounds.settled_ = false;
  ScheduleOptions options;
  options.most_seconds = 32;
  options.most_case_seconds = 0;
  const Schedule schedule = RunSchedule(options, rounds.Hooks());
  EXPECT_EQ(schedule.rounds, 10) << "three seconds each";
  EXPECT_TRUE(schedule.ran_out_of_time);
}

TEST(RunSchedule, EachCaseBringsTimeOfItsOwn) {
  ScheduleOptions options;
  options.most_seconds = 20;
  options.most_case_seconds = 6;
  PlayedRounds one;
  one.settled_ = false;
  EXPECT_EQ(RunSchedule(options, one.Hooks()).rounds, 8) << "26 seconds";
  PlayedRounds two;
  two.settled_ = false;
  two.two_cases_ = true;
  EXPECT_EQ(RunSchedule(options, two.Hooks()).rounds, 10) << "32 seconds";
}

TEST(RunSchedule, KeepsWhatItHasWhenARoundFails) {
  PlayedRounds rounds;
  rounds.fails_at_ = 2;
  const Schedule schedule = RunSchedule({}, rounds.Hooks());
  EXPECT_EQ(schedule.error, "crashed");
  EXPECT_EQ(schedule.rounds, 2);
  EXPECT_EQ(schedule.cases.at("a/x").yours_to_control.size(), 2u);
}

TEST(RunSchedule, WithOneProgramComparesItWithTheBaselineAlone) {
  PlayedRounds rounds;
  ScheduleOptions options;
  options.has_yours = false;
  const Schedule schedule = RunSchedule(options, rounds.Hooks());
  const CasePairs& pairs = schedule.cases.at("a/x");
  EXPECT_TRUE(pairs.yours_to_control.empty());
  EXPECT_TRUE(pairs.yours_to_baseline.empty());
  EXPECT_EQ(pairs.control_to_baseline.size(), 9u);
  EXPECT_EQ(pairs.control_to_itself.size(), 9u);
}

}  // namespace
}  // namespace workbook
