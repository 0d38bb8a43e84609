#include "09_01/blocked.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task5Blocked, Builds) { EXPECT_EQ(Blocked(), 42); }

}  // namespace
}  // namespace workbook
