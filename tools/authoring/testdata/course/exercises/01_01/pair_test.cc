#include "01_01/pair.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

TEST(Task2Pair, AddsTheNextTwo) {
  Counter counter;
  EXPECT_EQ(SumOfTwo(counter), 3);
  EXPECT_EQ(SumOfTwo(counter), 7);
}

}  // namespace
}  // namespace workbook
