#include "09_01/red.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task2Red, CountsZero) { EXPECT_GE(Bytes(0), 0); }

TEST(Task2Red, WastesNoByte) {
  EXPECT_EQ(Bytes(8), 8) << "a block wastes no byte beyond alignment";
}

TEST(Task2Red, StaysBelowTheLimit) {
  const int limit = 4;
  EXPECT_LE(Bytes(8), limit);
}

TEST(Task2Red, IsExact) { EXPECT_TRUE(Bytes(1) == 1); }

}  // namespace
}  // namespace workbook
