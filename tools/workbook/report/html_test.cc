// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/html.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

TEST(Html, EscapesAndDrawsArrows) {
  EXPECT_EQ(Html("<script>alert('a' & \"b\")</script>"),
            "&lt;script&gt;alert(&#39;a&#39; &amp; &quot;b&quot;)"
            "&lt;/script&gt;");
  EXPECT_EQ(Html("9 -> 1 copies, peak 8 -> 2 B"), "9 → 1 copies, peak 8 → 2 B");
}

TEST(CaseNameHtml, MayBreakBehindASlash) {
  EXPECT_EQ(CaseNameHtml("pool/<b>/threads:2"),
            "pool/<wbr>&lt;b&gt;/<wbr>threads:2");
}

TEST(CountHtml, HasEveryDigitOfWholeNumbers) {
  EXPECT_EQ(CountHtml(1234567891), "1,234,567,891");
  EXPECT_EQ(CountHtml(0), "0");
  EXPECT_EQ(CountHtml(0.0009765625), "0.0009766");
  EXPECT_EQ(CountHtml(1234567.5), "1,234,568") << "no power of ten";
  EXPECT_EQ(CountHtml(std::nullopt), "–");
}

TEST(ChangeHtml, MarksLessAndMore) {
  EXPECT_EQ(ChangeHtml(114286, 0), "114,286 → <b class=\"less\">0</b>");
  EXPECT_EQ(ChangeHtml(72000, 139072),
            "72,000 → <b class=\"more\">139,072</b>");
  EXPECT_EQ(ChangeHtml(64, 64), "64");
  EXPECT_EQ(ChangeHtml(64, std::nullopt), "64 → –");
  EXPECT_EQ(ChangeHtml(std::nullopt, std::nullopt), "–");
}

TEST(RatioText, HasTheDigitsThatItsIntervalAllows) {
  const RowFigures noisy{.ns = 1, .ratio = 20.19, .low = 19.1, .high = 21.4};
  EXPECT_EQ(RatioText(noisy), "20");
  EXPECT_EQ(IntervalText(noisy), "20.2 (19.1 to 21.4)");
  const RowFigures quiet{.ns = 1, .ratio = 3.742, .low = 3.731, .high = 3.75};
  EXPECT_EQ(IntervalText(quiet), "3.74 (3.73 to 3.75)");
  EXPECT_EQ(IntervalText({.ns = 1, .ratio = 1, .low = 1, .high = 1}), "1.00");
  EXPECT_EQ(
      IntervalText({.ns = 1, .ratio = 1.31e-8, .low = 1.2e-8, .high = 1.4e-8}),
      "1.31e-08 (1.2e-08 to 1.4e-08)");
  EXPECT_EQ(IntervalText({}), "–");
}

}  // namespace
}  // namespace workbook::cli
