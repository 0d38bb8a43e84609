// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/test_body.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

constexpr const char* kSource =
    "int Rounded(int n) { return Up(n); }\n"
    "\n"
    "void Fill(Map& map, int n) {\n"
    "  for (int i = 0; i < n; ++i) {\n"
    "    map.Insert(i);\n"
    "  }\n"
    "}\n"
    "\n"
    "TEST(Task1Map, First) { EXPECT_TRUE(Other()); }\n"
    "\n"
    "TEST_P(Task1Map,\n"
    "       AKeyIsThere) {\n"
    "  Map map;  // and not Erase\n"
    "  Fill(map, Rounded(3));\n"
    "  EXPECT_EQ(map.Find(1),\n"
    "            nullptr)\n"
    "      << \"Erase lost it\";\n"
    "  Clear();\n"
    "}\n";

TEST(NamesInTest, AreThoseOfTheStatementAndOfAllThatTheTestCalls) {
  for (const int line : {15, 16, 17}) {
    const TestNames names = NamesInTest(kSource, "Task1Map.AKeyIsThere", line);
    ASSERT_TRUE(names.is_found);
    EXPECT_EQ(names.statement,
              (std::set<std::string>{"EXPECT_EQ", "map", "Find", "nullptr"}))
        << line;
    EXPECT_TRUE(names.body.contains("Insert")) << "Fill calls it";
    EXPECT_TRUE(names.body.contains("Up")) << "Rounded calls it";
    EXPECT_TRUE(names.body.contains("Clear"));
    EXPECT_FALSE(names.body.contains("Erase")) << "only words say it";
    EXPECT_FALSE(names.body.contains("Other")) << "of another test";
  }
}

TEST(NamesInTest, FindsAnInstanceByItsParts) {
  EXPECT_TRUE(NamesInTest(kSource, "Sizes/Task1Map.AKeyIsThere/3", 0).is_found);
  EXPECT_TRUE(NamesInTest(kSource, "Sizes/Task1Map.AKeyIsThere/3", 0)
                  .statement.empty());
  EXPECT_FALSE(NamesInTest(kSource, "Task1Map.AKey", 15).is_found);
}

}  // namespace
}  // namespace workbook::cli
