// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/test_names.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

// Split, so that this file's own text declares none of them.
const std::string kSource =
    std::string("TE") + "ST(Task1Pool, Grows) {\n}\n" +        // 1, 2
    "TE" + "ST_F(Task1PoolFixture,\n       Shrinks) {\n}\n" +  // 3, 4, 5
    "TE" + "ST_P(Task1Sizes, Fit) {}\n" +                      // 6
    "TYPED_TE" + "ST(Task1Types, Hold) {}\n" +                 // 7
    "// TE" + "ST(Task1Pool, IsACommentOnly) {}\n";

TEST(DeclaredTests, ReadsEveryMacro) {
  const auto tests = DeclaredTests(kSource);
  ASSERT_EQ(tests.size(), 4U);
  EXPECT_EQ(tests[0].suite, "Task1Pool");
  EXPECT_EQ(tests[0].name, "Grows");
  EXPECT_EQ(tests[0].line, 1);
  EXPECT_EQ(tests[1].name, "Shrinks");
  EXPECT_EQ(tests[1].line, 3);
  EXPECT_EQ(tests[2].line, 6);
  EXPECT_EQ(tests[3].line, 7);
}

TEST(IsDeclared, KnowsNamesAsGoogleTestPrintsThem) {
  const auto tests = DeclaredTests(kSource);
  for (const char* name : {"Task1Pool.Grows", "Task1PoolFixture.Shrinks",
                           "All/Task1Sizes.Fit/0", "Task1Types/1.Hold"}) {
    EXPECT_TRUE(IsDeclared(tests, name)) << name;
  }
  for (const char* name : {"Task1Pool.Shrinks", "Task1Pool", "", ".", "a.b",
                           "Task1Pool.IsACommentOnly"}) {
    EXPECT_FALSE(IsDeclared(tests, name)) << name;
  }
}

}  // namespace
}  // namespace workbook
