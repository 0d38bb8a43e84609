// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/markdown_table.h"

#include "gtest/gtest.h"

namespace workbook {
namespace {

TEST(ReadMarkdownTables, ReadsCellsByColumnUnderTheLastHeading) {
  const auto tables = ReadMarkdownTables(
      "# A\n\n## pool/pair\n\n| row | ns/op |\n|---|---:|\n| peer | 1.5 |\n\n"
      "text\n\n| x |\n|---|\n| a\\|b |\n");
  ASSERT_EQ(tables.size(), 2u);
  EXPECT_EQ(tables[0].title, "pool/pair");
  ASSERT_EQ(tables[0].rows.size(), 1u);
  EXPECT_EQ(tables[0].rows[0].line, 7);
  EXPECT_EQ(tables[0].Cell(tables[0].rows[0], "ns/op"), "1.5");
  EXPECT_EQ(tables[0].Cell(tables[0].rows[0], "nothing"), "");
  EXPECT_TRUE(tables[0].Has("row"));
  EXPECT_FALSE(tables[0].Has("x"));
  EXPECT_EQ(tables[1].Cell(tables[1].rows[0], "x"), "a|b");
}

TEST(CellText, ABarEndsNoCell) { EXPECT_EQ(CellText("a | b"), "a \\| b"); }

}  // namespace
}  // namespace workbook
