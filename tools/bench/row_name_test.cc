// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/row_name.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(ParseRowName, KeepsSlashesColonsAndSpacesOfTheImplementation) {
  const auto name = ParseRowName("pool/shared/threads:4/peer:new/delete, a::b");
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(name->case_name, "pool/shared/threads:4");
  EXPECT_EQ(name->role, "peer");
  EXPECT_EQ(name->implementation, "new/delete, a::b");
}

TEST(ParseRowName, TakesTheFirstRole) {
  const auto name = ParseRowName("s/c/yours:a/peer:b");
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(name->role, "yours");
  EXPECT_EQ(name->implementation, "a/peer:b");
}

TEST(ParseRowName, RefusesWhatIsNoRow) {
  EXPECT_FALSE(ParseRowName("").has_value());
  EXPECT_FALSE(ParseRowName("pool/batch").has_value());
  EXPECT_FALSE(ParseRowName("pool/batch/other:x").has_value());
  EXPECT_FALSE(ParseRowName("pool/batch/peer:").has_value());
  EXPECT_FALSE(ParseRowName("/peer:x").has_value());
}

TEST(JoinRowName, IsTheInverse) {
  const auto name = ParseRowName(JoinRowName("a/b", "baseline", "new/delete"));
  ASSERT_TRUE(name.has_value());
  EXPECT_EQ(name->case_name, "a/b");
  EXPECT_EQ(name->implementation, "new/delete");
}

TEST(WithoutThreads, LeavesTheCase) {
  EXPECT_EQ(WithoutThreads("a/b/threads:2"), "a/b");
  EXPECT_EQ(WithoutThreads("a/b"), "a/b");
}

}  // namespace
}  // namespace workbook
