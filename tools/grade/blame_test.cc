// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/blame.h"

#include <gtest/gtest.h>

namespace workbook::grade {
namespace {

constexpr char kPath[] = "/exercises/09_09/hidden_test.cc";
constexpr char kSource[] =
    "#include \"09_09/ring.h\"\n"
    "TEST(Task1Hidden, A) {\n"
    "  Push();\n"
    "}\n"
    "TEST_F(Task12Hidden, B) {\n"
    "  Pop();\n"
    "}\n";

std::string At(int line) {
  return std::string(kPath) + ":" + std::to_string(line) + ":3: error: no\n";
}

TEST(TaskOf, IsTheNumberThatTheNameBeginsWith) {
  EXPECT_EQ(TaskOf("Task7Hidden.LosesNoTask"), 7);
  EXPECT_EQ(TaskOf("Task12.A"), 12);
  EXPECT_EQ(TaskOf("Helpers.A"), 0);
}

TEST(TaskToBlame, IsThatOfTheTestAroundTheFirstLineThatIsNamed) {
  EXPECT_EQ(TaskToBlame(At(3), kPath, kSource), 1);
  EXPECT_EQ(TaskToBlame(At(6) + At(3), kPath, kSource), 12);
}

TEST(TaskToBlame, IsNotTheLineOfAnInclude) {
  const std::string from = "In file included from " + At(1);
  EXPECT_EQ(TaskToBlame(from, kPath, kSource), 0);
  EXPECT_EQ(TaskToBlame(from + At(6), kPath, kSource), 12);
}

TEST(TaskToBlame, IsNobodyWhereOnlyOtherFilesAreNamed) {
  EXPECT_EQ(TaskToBlame("/student/09_09/ring.h:6: error: no", kPath, kSource),
            0);
  EXPECT_EQ(TaskToBlame("", kPath, kSource), 0);
}

}  // namespace
}  // namespace workbook::grade
