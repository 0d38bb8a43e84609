// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/fold.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

TEST(Fold, LeavesLinesThatFitAsTheyAre) {
  EXPECT_EQ(Fold("one  two\n\n  three\n", 8), "one  two\n\n  three\n");
  EXPECT_EQ(Fold("without end", 0), "without end");
}

TEST(Fold, BreaksBetweenWordsAndIndentsWhatGoesOn) {
  EXPECT_EQ(Fold("  expected 8, but Bytes(8) is 9\n", 20),
            "  expected 8, but\n    Bytes(8) is 9\n");
}

TEST(Fold, DropsTheBlanksOfATableAtABreak) {
  EXPECT_EQ(Fold("> 09_01  A title        20 min  open", 24),
            "> 09_01  A title\n  20 min  open");
}

TEST(Fold, KeepsACellTogether) {
  EXPECT_EQ(Fold("watching a/b   h hint  q quit", 22),
            "watching a/b   h hint\n  q quit");
}

TEST(Fold, KeepsAWordThatIsTooLongWhole) {
  EXPECT_EQ(Fold("at exercises/01_02/pool.h:12 now", 12),
            "at\n  exercises/01_02/pool.h:12\n  now");
}

TEST(Fold, CountsColoursAsNothingAndUtf8AsOneEach) {
  EXPECT_EQ(ScreenWidth("\x1b[1;31mred\x1b[0m"), 3u);
  EXPECT_EQ(ScreenWidth("\xc3\xa9t\xc3\xa9"), 3u);
  EXPECT_EQ(Fold("\x1b[31mred\x1b[0m ok", 6), "\x1b[31mred\x1b[0m ok");
}

}  // namespace
}  // namespace workbook::cli
