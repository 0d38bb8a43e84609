// SPDX-License-Identifier: Apache-2.0

#include "tools/course/nearest.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

TEST(Nearest, FindsASlipOfTheFingers) {
  EXPECT_EQ(Nearest("titel", {"minutes", "title", "tasks"}), "title");
  EXPECT_EQ(Nearest("prerequisite", {"prerequisites", "title"}),
            "prerequisites");
  EXPECT_EQ(Nearest("chek", {"check", "watch"}), "check");
}

TEST(Nearest, FindsNothingInWhatIsFarOff) {
  EXPECT_EQ(Nearest("difficulty", {"minutes", "title"}), "");
  EXPECT_EQ(Nearest("x", {}), "");
}

TEST(Nearest, AllowsNoMoreEditsThanAsked) {
  EXPECT_EQ(Nearest("01_11", {"01_01"}, 1), "01_01");
  EXPECT_EQ(Nearest("07_31", {"01_01"}, 1), "");
}

TEST(Nearest, TakesTheFirstOfEquals) {
  EXPECT_EQ(Nearest("ab", {"ac", "ad"}), "ac");
}

}  // namespace
}  // namespace workbook
