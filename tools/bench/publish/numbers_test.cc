// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/numbers.h"

#include <cmath>

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Significant, RoundsToTheDigitsThatCount) {
  EXPECT_EQ(Significant(0.09412, 2), "0.094");
  EXPECT_EQ(Significant(1.449, 2), "1.4");
  EXPECT_EQ(Significant(23.46, 2), "23");
  EXPECT_EQ(Significant(23.46, 3), "23.5");
  EXPECT_EQ(Significant(1520481, 2), "1,500,000");
  EXPECT_EQ(Significant(9.96, 2), "10");
  EXPECT_EQ(Significant(0.0996, 2), "0.10");
  EXPECT_EQ(Significant(1, 3), "1.00");
}

TEST(DigitsFor, AllowsAThirdDigitBelowOnePercent) {
  EXPECT_EQ(DigitsFor(0.009), 3);
  EXPECT_EQ(DigitsFor(0.011), 2);
}

TEST(Count, IsExact) {
  EXPECT_EQ(Count(200729597), "200,729,597");
  EXPECT_EQ(Count(0), "0");
  EXPECT_EQ(Count(1.035), "1.035");
}

TEST(RangeOf, IsWhatANumberWasRoundedFrom) {
  const auto check = [](const char* text, double low, double high) {
    const auto range = RangeOf(text);
    ASSERT_TRUE(range.has_value()) << text;
    EXPECT_NEAR(range->low, low, 1e-6 * high) << text;
    EXPECT_NEAR(range->high, high, 1e-6 * high) << text;
  };
  check("1.4", 1.35, 1.45);
  check("0.094", 0.0935, 0.0945);
  check("20", 19.5, 20.5);
  check("1,500", 1450, 1550);
  check("1,520", 1515, 1525);
  check("12.05", 12.045, 12.055);
}

TEST(RangeOf, HoldsEveryNumberThatIsPrintedSo) {
  for (double value = 0.013; value < 1e7; value *= 1.37) {
    for (const int digits : {2, 3}) {
      const auto range = RangeOf(Significant(value, digits));
      ASSERT_TRUE(range.has_value());
      EXPECT_LE(range->low, value) << Significant(value, digits);
      EXPECT_GE(range->high, value) << Significant(value, digits);
    }
  }
}

TEST(RangeOf, RefusesWhatIsNoNumber) {
  for (const char* text : {"", "-", "not_written", "1.2.3", "1e5", "."}) {
    EXPECT_FALSE(RangeOf(text).has_value()) << text;
  }
}

TEST(Range, QuotientsMeetOrDoNot) {
  const Range four{3.9, 4.1};
  const Range two{1.9, 2.1};
  EXPECT_TRUE(four.Over(two).Meets({2.1, 2.2}));
  EXPECT_FALSE(four.Over(two).Meets({2.2, 2.3}));
}

}  // namespace
}  // namespace workbook
