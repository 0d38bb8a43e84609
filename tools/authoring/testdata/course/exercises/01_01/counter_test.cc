#include "01_01/counter.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

TEST(Task1Counter, StartsAtOne) {
  Counter counter;
  EXPECT_EQ(counter.Next(), 1);
}

TEST(Task1Counter, CountsUp) {
  Counter counter;
  // [region two_calls]
  counter.Next();
  EXPECT_EQ(counter.Next(), 2);
  // [end]
}

}  // namespace
}  // namespace workbook
