#include "09_02/green.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task1Green, IsTheAnswer) {
  EXPECT_EQ(Answer(), 42);
  RecordProperty("points", Answer());
}

TEST(Task1Green, StaysTheAnswer) { EXPECT_EQ(Answer(), Answer()); }

}  // namespace
}  // namespace workbook
