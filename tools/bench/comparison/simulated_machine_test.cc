// SPDX-License-Identifier: Apache-2.0

// 200 simulated comparisons of known truth, and the same code judged 50 times.
#include "tools/bench/comparison/simulated_machine.h"

#include "fmt/format.h"
#include "gtest/gtest.h"

namespace workbook {
namespace {

struct Tally {
  int met = 0;
  int not_met = 0;
  int too_noisy = 0;
};

Tally Judge(double true_ratio, const NoiseModel& noise, int comparisons) {
  Tally tally;
  for (int i = 0; i < comparisons; ++i) {
    const Judgement judged =
        SimulateComparison(true_ratio, noise, 1000 + static_cast<unsigned>(i));
    if (judged.verdict == Verdict::kMet) ++tally.met;
    if (judged.verdict == Verdict::kNotMet) ++tally.not_met;
    if (judged.verdict == Verdict::kTooNoisy) ++tally.too_noisy;
  }
  fmt::print("true {:.2f}: met {}, not met {}, too noisy {}\n", true_ratio,
             tally.met, tally.not_met, tally.too_noisy);
  return tally;
}

constexpr int kEach = 25;  // of 4 ratios on 2 machines: 200

TEST(SimulatedComparisons, AQuietMachineTellsAllFour) {
  EXPECT_EQ(Judge(1.00, Quiet(), kEach).met, kEach);
  EXPECT_EQ(Judge(1.05, Quiet(), kEach).met, kEach);
  EXPECT_EQ(Judge(1.50, Quiet(), kEach).not_met, kEach);
  EXPECT_EQ(Judge(5.00, Quiet(), kEach).not_met, kEach);
}

TEST(SimulatedComparisons, ALoadedMachineIsNeverWrong) {
  EXPECT_EQ(Judge(1.00, Loaded(), kEach).not_met, 0);
  EXPECT_EQ(Judge(1.05, Loaded(), kEach).not_met, 0) << "the limit is 1.10";
  EXPECT_EQ(Judge(1.50, Loaded(), kEach).not_met, kEach);
  EXPECT_EQ(Judge(5.00, Loaded(), kEach).not_met, kEach);
}

TEST(SimulatedComparisons, AClockThatDriftsHitsBothAlike) {
  EXPECT_EQ(Judge(1.00, Drifting(), kEach).not_met, 0);
  EXPECT_EQ(Judge(1.50, Drifting(), kEach).not_met, kEach);
}

TEST(SimulatedComparisons, AnOvercommittedMachineSaysSoAndIsNeverWrong) {
  EXPECT_EQ(Judge(1.00, Overcommitted(), kEach).not_met, 0);
  EXPECT_EQ(Judge(1.05, Overcommitted(), kEach).too_noisy, kEach)
      << "anything else is a guess";
  EXPECT_EQ(Judge(1.50, Overcommitted(), kEach).met, 0);
  EXPECT_EQ(Judge(5.00, Overcommitted(), kEach).not_met, kEach);
}

TEST(SimulatedComparisons, TheSameCodeJudgedFiftyTimesUnderLoadHasOneVerdict) {
  EXPECT_EQ(Judge(1.00, Loaded(), 50).met, 50);
  EXPECT_EQ(Judge(1.50, Loaded(), 50).not_met, 50);
}

}  // namespace
}  // namespace workbook
