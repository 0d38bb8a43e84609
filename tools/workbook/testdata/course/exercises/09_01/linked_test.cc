#include "09_01/linked.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task10Linked, Links) { EXPECT_EQ(Linked(), 1); }

}  // namespace
}  // namespace workbook
