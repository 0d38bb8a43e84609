// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/code_text.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

TEST(OnlyCode, LeavesLinesAndNoWords) {
  EXPECT_EQ(OnlyCode("f(\"a\\\"b\", 'c'); // d\n/* e\n */ 1'000"),
            "f(      ,    );     \n    \n    1'000");
}

TEST(IdentifiersOf, AreNamesAndNoNumbers) {
  EXPECT_EQ(IdentifiersOf("pool.Take(0x1f, 2u) + x_1"),
            (std::set<std::string>{"pool", "Take", "x_1"}));
}

constexpr const char* kSource =
    "namespace workbook {\n"
    "Pool::Pool(int size)\n"
    "    : size_(size), blocks_{size} {\n"
    "  if (size < 0) {\n"
    "    throw Bad();\n"
    "  }\n"
    "}\n"
    "\n"
    "void* Pool::Allocate(\n"
    "    int n) {\n"
    "  return wrong;\n"
    "}\n"
    "\n"
    "int kept = 0;\n"
    "}  // namespace workbook\n";

TEST(FunctionAround, IsThatOfTheInnermostBlockThatHasOne) {
  EXPECT_EQ(FunctionAround(kSource, 5), "Pool");
  EXPECT_EQ(FunctionAround(kSource, 9), "Allocate") << "a line of the head";
  EXPECT_EQ(FunctionAround(kSource, 11), "Allocate");
  EXPECT_EQ(FunctionAround(kSource, 14), "");
}

TEST(MemoryOrderAt, IsThatOfTheStatement) {
  constexpr const char* kRelease =
      "int n = 0;\n"
      "owners_.fetch_sub(\n"
      "    1, std::memory_order_relaxed);\n"
      "x.load(std::memory_order::acquire);\n"
      "++count_;  // memory_order_relaxed\n"
      "y.store(1, std::memory_order_release);\n";
  EXPECT_EQ(MemoryOrderAt(kRelease, 2), "memory_order_relaxed");
  EXPECT_EQ(MemoryOrderAt(kRelease, 4), "memory_order::acquire");
  EXPECT_EQ(MemoryOrderAt(kRelease, 5), "") << "a comment orders nothing";
  EXPECT_EQ(MemoryOrderAt(kRelease, 9), "");
}

}  // namespace
}  // namespace workbook::cli
