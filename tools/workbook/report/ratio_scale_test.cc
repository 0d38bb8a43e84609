// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/ratio_scale.h"

#include <algorithm>
#include <limits>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

TEST(RatioScale, HoldsEveryRatioAndOne) {
  const RatioScale scale({0.01, 250});
  EXPECT_DOUBLE_EQ(scale.Percent(0.01), 5);
  EXPECT_DOUBLE_EQ(scale.Percent(250), 95);
  EXPECT_GT(scale.Percent(1), 5);
  EXPECT_LT(scale.Percent(1), 95);
}

TEST(RatioScale, EqualFactorsAreEquallyFarApart) {
  const RatioScale scale({0.5, 200});
  EXPECT_NEAR(scale.Percent(10) - scale.Percent(1),
              scale.Percent(100) - scale.Percent(10), 1e-9);
}

TEST(RatioScale, DrawsWhatIsFarOffAtTheEdge) {
  const RatioScale scale({1e-8, 2, 1e9});
  EXPECT_DOUBLE_EQ(scale.Percent(0.01), 5);
  EXPECT_DOUBLE_EQ(scale.Percent(1e-8), 1.5);
  EXPECT_DOUBLE_EQ(scale.Percent(10'000), 95);
  EXPECT_DOUBLE_EQ(scale.Percent(1e9), 98.5);
}

TEST(RatioScale, HasAPlaceForOneWithoutAnyRatio) {
  EXPECT_DOUBLE_EQ(RatioScale({}).Percent(1), 50);
  EXPECT_DOUBLE_EQ(
      RatioScale({0, -1, std::numeric_limits<double>::infinity()}).Percent(1),
      50);
}

TEST(RatioScale, HasFewRoundTicksAtAnyWidth) {
  for (const double high : {1.2, 2.0, 9.0, 40.0, 700.0, 2e4, 3e6}) {
    for (const double low : {0.9, 0.3, 0.02, 1e-4}) {
      const std::vector<double> ticks = RatioScale({low, high}).Ticks();
      EXPECT_LE(ticks.size(), 8u) << low << " to " << high;
      EXPECT_EQ(std::count(ticks.begin(), ticks.end(), 1.0), 1)
          << low << " to " << high;
    }
  }
  EXPECT_EQ(RatioScale({0.9, 120}).Ticks(),
            (std::vector<double>{1, 2, 5, 10, 20, 50, 100}));
}

TEST(RowMark, DrawsTheIntervalAndTheMark) {
  const RatioScale scale({0.1, 10});
  const MeasuredRow row{.role = "yours", .printed = {5, 1, 0.1, 10}};
  EXPECT_EQ(RowMark(row, scale),
            "<line class=y x1=\"5.0%\" x2=\"95.0%\"/>"
            "<use href=\"#y\" x=\"50.0%\"/>");
  const MeasuredRow exact{.role = "peer", .printed = {5, 1, 0.99, 1.01}};
  EXPECT_EQ(RowMark(exact, scale), "<use href=\"#p\" x=\"50.0%\"/>")
      << "the mark hides the interval";
  EXPECT_EQ(RowMark({.role = "peer"}, scale), "") << "no figures";
}

TEST(CaseSvg, DrawsYoursOnTop) {
  const MeasuredCase measured{
      .name = "a/x",
      .rows = {{.role = "baseline", .printed = {5, 1, 1, 1}},
               {.role = "yours", .printed = {5, 2, 2, 2}},
               {.role = "reference", .printed = {5, 3, 3, 3}},
               {.role = "peer", .printed = {5, 4, 4, 4}}},
      .noise_rounds = {}};
  const std::string svg = CaseSvg(measured, RatioScale({4}), "a \"label\"");
  EXPECT_LT(svg.find("#p"), svg.find("#r"));
  EXPECT_LT(svg.find("#r"), svg.find("#y"));
  EXPECT_NE(svg.find("aria-label=\"a &quot;label&quot;\""), std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
