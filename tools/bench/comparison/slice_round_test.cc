// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/slice_round.h"

#include <algorithm>

#include "gtest/gtest.h"

namespace workbook {
namespace {

// Programs of two cases that take a millisecond a row, and remember who was
// asked what.
class PlayedRound {
 public:
  explicit PlayedRound(std::size_t programs = 3) {
    for (std::size_t place = 0; place < programs; ++place) {
      SlicedProgram program;
      program.rows =
          RowsByCase({"s/a/baseline:n", "s/a/yours:P", "s/a/peer:q",
                      "s/b/baseline:n", "s/b/yours:P", "s/b/peer:q"});
      program.time = [this, place](const std::string& row) {
        return Time(place, row);
      };
      program.error = [this] { return dead_ ? "signal 11" : ""; };
      programs_.push_back(program);
    }
    options_.now_seconds = [this] { return now_seconds_; };
  }

  RoundTimes Run(const std::set<std::string>& settled = {},
                 std::uint64_t seed = 1) {
    return RunSliceRound(programs_, settled, options_, seed);
  }

  std::vector<std::string> asked_;  // "PLACE ROW"
  std::string failing_;
  bool dead_ = false;
  double row_seconds_ = 0.001;
  RoundOptions options_;

 private:
  std::optional<double> Time(std::size_t place, const std::string& row) {
    asked_.push_back(std::to_string(place) + " " + row);
    now_seconds_ += row_seconds_;
    if (asked_.back() == failing_) return std::nullopt;
    return row.find("baseline") != std::string::npos ? 40 : 10;
  }

  std::vector<SlicedProgram> programs_;
  double now_seconds_ = 100;
};

TEST(RowsByCase, TellsCasesAndRolesApart) {
  const auto rows = RowsByCase({"s/a/threads:2/baseline:new/delete",
                                "s/a/threads:2/reference:Pool",
                                "s/a/threads:2/peer:boost::pool", "no row"});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.at("s/a/threads:2").baseline,
            "s/a/threads:2/baseline:new/delete");
  EXPECT_EQ(rows.at("s/a/threads:2").peers.at("boost::pool"),
            "s/a/threads:2/peer:boost::pool");
  EXPECT_EQ(rows.at("s/a/threads:2").subject, "s/a/threads:2/reference:Pool");
}

TEST(RunSliceRound, MeasuresEachRowOfEachProgramOnceASlice) {
  PlayedRound round;
  const RoundTimes times = round.Run();
  EXPECT_EQ(times.error, "");
  ASSERT_EQ(times.cases.size(), 2u);
  const CaseTimes& a = times.cases.at("s/a");
  const std::vector<double> fives(5, 10);
  EXPECT_EQ(a[kControl].subject_ns, fives);
  EXPECT_EQ(a[kControlAgain].subject_ns, fives);
  EXPECT_EQ(a[kYours].subject_ns, fives);
  EXPECT_EQ(a[kControl].baseline_ns, std::vector<double>(5, 40));
  EXPECT_EQ(a[kControl].peers_ns.at("q"), fives);
  EXPECT_TRUE(a[kYours].baseline_ns.empty());
  EXPECT_TRUE(a[kControlAgain].baseline_ns.empty());
  EXPECT_EQ(round.asked_.size(), 2u * 5 * 5);
}

TEST(RunSliceRound, EachSliceHoldsEveryRowOnceInAnOrderOfItsOwn) {
  PlayedRound round;
  round.Run({"s/b"});
  std::set<std::vector<std::string>> orders;
  for (std::size_t slice = 0; slice < round.asked_.size(); slice += 5) {
    const auto first =
        round.asked_.begin() + static_cast<std::ptrdiff_t>(slice);
    std::vector<std::string> order(first, first + 5);
    orders.insert(order);
    std::sort(order.begin(), order.end());
    EXPECT_EQ(std::unique(order.begin(), order.end()), order.end());
  }
  EXPECT_GT(orders.size(), 1u);
}

TEST(RunSliceRound, OneSeedOneOrder) {
  PlayedRound one;
  PlayedRound same;
  PlayedRound other;
  one.Run({}, 1);
  same.Run({}, 1);
  other.Run({}, 2);
  EXPECT_EQ(one.asked_, same.asked_);
  EXPECT_NE(one.asked_, other.asked_);
}

TEST(RunSliceRound, LeavesASettledCaseOut) {
  PlayedRound round;
  const RoundTimes times = round.Run({"s/a"});
  EXPECT_EQ(times.cases.count("s/a"), 0u);
  EXPECT_EQ(times.cases.count("s/b"), 1u);
}

TEST(RunSliceRound, ASlowCaseHasFewerSlices) {
  PlayedRound round;
  round.row_seconds_ = 0.04;
  EXPECT_EQ(round.Run().cases.at("s/a")[kYours].subject_ns.size(), 2u)
      << "a slice takes 0.2 s, and 0.25 s are allowed";
  round.row_seconds_ = 10;
  EXPECT_EQ(round.Run().cases.at("s/a")[kYours].subject_ns.size(), 1u);
}

TEST(RunSliceRound, ARowThatFailsTakesOnlyItselfAway) {
  PlayedRound round;
  round.failing_ = "2 s/a/yours:P";
  const RoundTimes times = round.Run();
  EXPECT_EQ(times.error, "");
  EXPECT_TRUE(times.cases.at("s/a")[kYours].subject_ns.empty());
  EXPECT_EQ(times.cases.at("s/a")[kControl].subject_ns.size(), 5u);
  EXPECT_EQ(times.cases.at("s/b")[kYours].subject_ns.size(), 5u);
  EXPECT_EQ(
      std::count(round.asked_.begin(), round.asked_.end(), "2 s/a/yours:P"), 1);
}

TEST(RunSliceRound, ADeadProgramEndsItAndIsNamed) {
  PlayedRound round;
  round.dead_ = true;
  const RoundTimes times = round.Run();
  EXPECT_NE(times.error.find("signal 11"), std::string::npos);
  EXPECT_NE(times.error.find("s/"), std::string::npos) << times.error;
  EXPECT_EQ(round.asked_.size(), 1u);
}

TEST(RunSliceRound, WithoutAReferenceThereAreTwoPrograms) {
  PlayedRound round(2);
  const RoundTimes times = round.Run();
  EXPECT_EQ(times.cases.at("s/a")[kControlAgain].subject_ns.size(), 5u);
  EXPECT_TRUE(times.cases.at("s/a")[kYours].subject_ns.empty());
}

}  // namespace
}  // namespace workbook
