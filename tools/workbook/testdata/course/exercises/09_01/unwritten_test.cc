#include "09_01/unwritten.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task3Unwritten, ReturnsTheAnswer) { EXPECT_EQ(Unwritten(), 42); }

TEST(Task3Unwritten, Throws) { EXPECT_THROW(Unwritten(), std::bad_alloc); }

}  // namespace
}  // namespace workbook
