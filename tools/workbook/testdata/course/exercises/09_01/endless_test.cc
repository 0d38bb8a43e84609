#include "09_01/endless.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task7Endless, Starts) { EXPECT_TRUE(true); }

TEST(Task7Endless, WaitsForNobody) {
  const volatile bool done = false;
  Spin(done);
}

}  // namespace
}  // namespace workbook
