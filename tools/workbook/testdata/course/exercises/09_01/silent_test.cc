#include "09_01/silent.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task8Silent, IsNeverRun) { EXPECT_TRUE(false); }

}  // namespace
}  // namespace workbook
