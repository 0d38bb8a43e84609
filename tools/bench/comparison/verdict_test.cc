// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/verdict.h"

#include <cmath>

#include "gtest/gtest.h"

namespace workbook {
namespace {

constexpr std::uint64_t kSeed = 11;

// `pairs` log ratios around `ratio`, as far from it as `spread`.
std::vector<double> Around(double ratio, double spread, int pairs = 9) {
  std::vector<double> values;
  for (int i = 0; i < pairs; ++i) {
    const double place = 2.0 * i / (pairs - 1) - 1;
    values.push_back(std::log(ratio) + spread * place);
  }
  return values;
}

Judgement JudgeAt(double ratio, double spread, double noise) {
  return JudgeRatio(Around(ratio, spread), Around(1, noise), kReferenceLimit,
                    kSeed);
}

TEST(JudgeRatio, IsMetBelowTheLimitAndNotMetAboveIt) {
  EXPECT_EQ(JudgeAt(1.00, 0.01, 0.01).verdict, Verdict::kMet);
  EXPECT_EQ(JudgeAt(1.05, 0.01, 0.01).verdict, Verdict::kMet);
  EXPECT_EQ(JudgeAt(1.50, 0.01, 0.01).verdict, Verdict::kNotMet);
}

TEST(JudgeRatio, IsTooNoisyWhereTheLimitLiesWithinTheInterval) {
  const Judgement judged = JudgeAt(1.10, 0.05, 0.001);
  EXPECT_EQ(judged.verdict, Verdict::kTooNoisy);
  EXPECT_NE(judged.reason.find("within the interval"), std::string::npos)
      << judged.reason;
}

// The pairs agree, but so do different answers of the same program.
TEST(JudgeRatio, IsTooNoisyWhereAProgramDiffersFromItselfAsMuch) {
  const Judgement judged = JudgeAt(1.05, 0.001, 0.20);
  EXPECT_EQ(judged.verdict, Verdict::kTooNoisy);
  EXPECT_NE(judged.reason.find("measured against itself varied by 16.2 %, more "
                               "than the 4.6 % to the limit 1.1: run again"),
            std::string::npos)
      << judged.reason;
}

TEST(JudgeRatio, GivesNoVerdictOnEightPairs) {
  const auto judged =
      JudgeRatio(Around(5, 0, 8), Around(1, 0, 8), kReferenceLimit, kSeed);
  EXPECT_EQ(judged.verdict, Verdict::kTooNoisy);
  EXPECT_EQ(judged.reason, "only 8 pairs of runs; a verdict needs 9");
}

TEST(JudgeRatio, SaysThatNothingWasMeasured) {
  const auto judged = JudgeRatio({}, {}, kReferenceLimit, kSeed);
  EXPECT_EQ(judged.verdict, Verdict::kTooNoisy);
  EXPECT_EQ(judged.reason, "no pair was measured");
}

TEST(JudgeRatio, ReportsRatioIntervalAndNoise) {
  const Judgement judged = JudgeAt(1.5, 0.02, 0.01);
  EXPECT_NEAR(judged.ratio, 1.5, 1e-9);
  EXPECT_LT(judged.low, 1.5);
  EXPECT_GT(judged.high, 1.5);
  EXPECT_GT(judged.noise, 0);
  EXPECT_LT(judged.noise, 0.0101);
  EXPECT_EQ(judged.pairs, 9);
}

TEST(IsSettled, NeedsNinePairsThenStopsEarlyOnlyFarFromTheLimit) {
  const auto settled = [](double ratio, double spread, int pairs) {
    return IsSettled(Around(ratio, spread, pairs), Around(1, spread, pairs),
                     kReferenceLimit, kSeed);
  };
  EXPECT_FALSE(settled(5, 0.001, 8));
  EXPECT_TRUE(settled(5, 0.20, 9));
  EXPECT_FALSE(settled(1.05, 0.10, 9));
  EXPECT_TRUE(settled(1.05, 0.01, 9)) << "narrow enough";
}

}  // namespace
}  // namespace workbook
