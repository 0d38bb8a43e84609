#include "09_01/broken.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task4Broken, Builds) { EXPECT_EQ(Broken(), 42); }

}  // namespace
}  // namespace workbook
