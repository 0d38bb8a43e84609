#include "tools/bench/comparison/pair_schedule.h"

#include <algorithm>
#include <cmath>

#include "gtest/gtest.h"

namespace workbook {
namespace {

// Programs that take a second each and always the same.
class PlayedPrograms {
 public:
  ScheduleHooks Hooks() {
    ScheduleHooks hooks;
    hooks.run = [this](Side side) { return Run(side); };
    hooks.now_seconds = [this] { return now_seconds_; };
    hooks.settled = [this](const std::string&, const CasePairs&) {
      return settled_;
    };
    return hooks;
  }

  std::string order_;  // Y and C, a letter a run
  bool settled_ = true;
  int fails_at_ = -1;

 private:
  SideTimes Run(Side side) {
    SideTimes times;
    if (static_cast<int>(order_.size()) == fails_at_) times.error = "crashed";
    order_ += side == Side::kYours ? 'Y' : 'C';
    now_seconds_ += 1;
    times.subject_ns["a/x"] = side == Side::kYours ? 20 : 10;
    times.baseline_ns["a/x"] = 40;
    return times;
  }

  double now_seconds_ = 100;
};

TEST(RunSchedule, StopsAtNinePairsWhenSettled) {
  PlayedPrograms programs;
  const Schedule schedule = RunSchedule({}, programs.Hooks());
  EXPECT_EQ(schedule.rounds, 9);
  EXPECT_EQ(programs.order_.size(), 27u);
  const CasePairs& pairs = schedule.cases.at("a/x");
  ASSERT_EQ(pairs.yours_to_control.size(), 9u);
  EXPECT_NEAR(pairs.yours_to_control[0], std::log(2.0), 1e-12);
  EXPECT_NEAR(pairs.yours_to_baseline[0], std::log(0.5), 1e-12);
  EXPECT_NEAR(pairs.control_to_baseline[0], std::log(0.25), 1e-12);
  EXPECT_EQ(pairs.control_to_itself[0], 0);
}

TEST(RunSchedule, DrawsTheOrderOfEachRound) {
  PlayedPrograms programs;
  RunSchedule({}, programs.Hooks());
  int first = 0, second = 0, third = 0;
  for (std::size_t i = 0; i < programs.order_.size(); i += 3) {
    const std::string round = programs.order_.substr(i, 3);
    ASSERT_EQ(std::count(round.begin(), round.end(), 'Y'), 1) << round;
    first += round[0] == 'Y';
    second += round[1] == 'Y';
    third += round[2] == 'Y';
  }
  EXPECT_GT(first, 0);
  EXPECT_GT(second, 0);
  EXPECT_GT(third, 0);
}

TEST(RunSchedule, GoesOnToTheMostPairsWhileUnsettled) {
  PlayedPrograms programs;
  programs.settled_ = false;
  ScheduleOptions options;
  options.most_seconds = 1000;
  const Schedule schedule = RunSchedule(options, programs.Hooks());
  EXPECT_EQ(schedule.rounds, ScheduleOptions().most_pairs);
  EXPECT_FALSE(schedule.ran_out_of_time);
}

TEST(RunSchedule, StartsNoRoundThatWouldEndTooLate) {
  PlayedPrograms programs;
  programs.settled_ = false;
  ScheduleOptions options;
  options.most_seconds = 32;
  const Schedule schedule = RunSchedule(options, programs.Hooks());
  EXPECT_EQ(schedule.rounds, 10) << "three seconds each";
  EXPECT_TRUE(schedule.ran_out_of_time);
}

TEST(RunSchedule, KeepsWhatItHasWhenAProgramFails) {
  PlayedPrograms programs;
  programs.fails_at_ = 7;
  const Schedule schedule = RunSchedule({}, programs.Hooks());
  EXPECT_EQ(schedule.error, "crashed");
  EXPECT_EQ(schedule.rounds, 2);
  EXPECT_EQ(schedule.cases.at("a/x").yours_to_control.size(), 2u);
}

TEST(RunSchedule, WithoutAReferenceMeasuresYoursTwiceARound) {
  PlayedPrograms programs;
  ScheduleOptions options;
  options.has_reference = false;
  const Schedule schedule = RunSchedule(options, programs.Hooks());
  EXPECT_EQ(programs.order_, std::string(18, 'C'));
  const CasePairs& pairs = schedule.cases.at("a/x");
  EXPECT_TRUE(pairs.yours_to_control.empty());
  EXPECT_EQ(pairs.yours_to_baseline.size(), 9u);
  EXPECT_EQ(pairs.control_to_itself.size(), 9u);
}

}  // namespace
}  // namespace workbook
