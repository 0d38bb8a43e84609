// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/gains.h"

#include <map>
#include <vector>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

using Gains = std::vector<Gain>;

TEST(FindGains, PairsWhatOneTestRecorded) {
  EXPECT_EQ(FindGains({{"Task1A.X#before_peak_bytes", "80"},
                       {"Task1A.X#after_peak_bytes", "8"},
                       {"Task1A.X#before_allocations", "9"},
                       {"Task1A.X#after_allocations", "1"},
                       {"Task1A.X#peak", "a word"}}),
            (Gains{{"allocations", 9, 1}, {"peak_bytes", 80, 8}}));
}

TEST(FindGains, LeavesOutWhatIsNoPairOfCounts) {
  EXPECT_TRUE(FindGains({{"Task1A.Alone#before_a", "9"},
                         {"Task1A.Other#after_a", "1"},
                         {"Task1A.Words#before_a", "9"},
                         {"Task1A.Words#after_a", "few"},
                         {"Task1A.Below#before_a", "-9"},
                         {"Task1A.Below#after_a", "1"}})
                  .empty());
}

TEST(GainsByTask, ReadsTheTaskInTheNameOfTheSuite) {
  EXPECT_EQ(GainsByTask({{"Task7Pipeline.X#before_a", "9"},
                         {"Task7Pipeline.X#after_a", "1"},
                         {"Sizes/Task10Job/0.Y#before_a", "8"},
                         {"Sizes/Task10Job/0.Y#after_a", "2"}}),
            (std::map<int, Gains>{{7, {{"a", 9, 1}}}, {10, {{"a", 8, 2}}}}));
}

TEST(GainText, GroupsDigitsAndNamesSizes) {
  EXPECT_EQ(GainText({{"allocations", 114286, 0}, {"peak_bytes", 715894, 788}}),
            "114,286 -> 0 allocations, peak 715,894 -> 788 B");
  EXPECT_EQ(GainText({{"bytes_moved", 19'999'800'000, 524'284}}),
            "19,999,800,000 -> 524,284 bytes moved");
  EXPECT_EQ(GainText({{"copies", 1000, 999}}), "1,000 -> 999 copies");
  EXPECT_EQ(GainText({}), "");
}

}  // namespace
}  // namespace workbook::cli
