// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/row_figures.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

// Rounds in which the machine's clock wanders: both rows alike.
const std::vector<double> kBaseline = {40, 44, 80, 41, 39, 60, 42, 40, 43};
const std::vector<double> kRow = {10, 11, 20, 10.5, 9.5, 15, 10.4, 10, 11};

TEST(FiguresOfRow, TimesDivideToTheRatioThatLiesInItsInterval) {
  const auto baseline = FiguresOfRow(kBaseline, kBaseline);
  const auto row = FiguresOfRow(kRow, kBaseline);
  ASSERT_TRUE(baseline.has_value());
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(baseline->ns, 42);
  EXPECT_EQ(baseline->ratio, 1);
  EXPECT_NEAR(baseline->ns / row->ns, row->ratio, 1e-12);
  EXPECT_NEAR(row->ratio, 4, 0.1);
  EXPECT_LE(row->low, row->ratio);
  EXPECT_GE(row->high, row->ratio);
}

TEST(FiguresOfRow, WithoutABaselineIsTheMedianAlone) {
  const auto row = FiguresOfRow(kRow, {});
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->ns, 10.5);
  EXPECT_EQ(row->ratio, 0);
}

TEST(FiguresOfRow, ARowThatFailedOnceHasNone) {
  EXPECT_FALSE(FiguresOfRow({10, 11}, kBaseline).has_value());
  EXPECT_FALSE(FiguresOfRow({}, kBaseline).has_value());
}

TEST(AheadOfSubject, TakesMoreThanFiveInAHundred) {
  std::vector<double> peer = kRow;
  for (double& ns : peer) ns /= 1.04;
  EXPECT_FALSE(AheadOfSubject(peer, kRow, kBaseline).has_value());
  for (double& ns : peer) ns /= 1.04;
  const auto ahead = AheadOfSubject(peer, kRow, kBaseline);
  ASSERT_TRUE(ahead.has_value());
  EXPECT_NEAR(*ahead, 1.0816, 1e-9);
}

TEST(AheadOfSubject, TakesRoundsThatAgree) {
  const std::vector<double> subject(9, 10);
  const std::vector<double> torn = {5, 5, 5, 5, 9, 15, 15, 15, 15};
  EXPECT_FALSE(AheadOfSubject(torn, subject, kBaseline).has_value());
}

TEST(AheadOfSubject, IsNothingWhereTheSubjectIsAsFast) {
  EXPECT_FALSE(AheadOfSubject(kBaseline, kRow, kBaseline).has_value());
  EXPECT_FALSE(AheadOfSubject(kRow, {}, kBaseline).has_value());
}

}  // namespace
}  // namespace workbook
