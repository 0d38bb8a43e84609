#include "09_01/source_broken.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(Task11SourceBroken, Builds) { EXPECT_EQ(SourceBroken(), 1); }

}  // namespace
}  // namespace workbook
