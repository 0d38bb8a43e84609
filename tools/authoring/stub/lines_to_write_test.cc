// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/lines_to_write.h"

#include <gtest/gtest.h>

#include <map>

namespace workbook {
namespace {

using Lines = std::map<int, int>;

TEST(CountLinesToWrite, CountsCodeThatTheStubLacks) {
  EXPECT_EQ(CountLinesToWrite("#include <new>\n"
                              "// What it does.\n"
                              "int F() {\n"
                              "  const int a = 1;\n"
                              "\n"
                              "  // Why.\n"
                              "  return a;\n"
                              "}\n",
                              "int F() {\n  Todo();\n}\n", 1),
            (Lines{{1, 2}}));
}

TEST(CountLinesToWrite, NothingIsToWriteWhereTheStubHasAll) {
  EXPECT_EQ(CountLinesToWrite("int a;\n", "int a;\nint b;\n", 1), Lines{});
}

TEST(CountLinesToWrite, AMovedLineCountsOnce) {
  EXPECT_EQ(CountLinesToWrite("int a;\nint b;\n", "int b;\nint a;\n", 1),
            (Lines{{1, 1}}));
}

TEST(CountLinesToWrite, AMarkerNamesAnotherTask) {
  EXPECT_EQ(CountLinesToWrite(
                "int a;\n\n// [task 4]\nint F() {\n  return 1;\n}\n", "", 2),
            (Lines{{2, 1}, {4, 3}}));
}

}  // namespace
}  // namespace workbook
