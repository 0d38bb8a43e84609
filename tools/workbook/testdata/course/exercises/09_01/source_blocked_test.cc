#include "09_01/source_blocked.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task12SourceBlocked, Builds) { EXPECT_EQ(SourceBlocked(), 1); }

}  // namespace
}  // namespace workbook
