// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/case_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

constexpr char kLog[] =
    "exec ${PAGER:-/usr/bin/less} \"$0\" || exit 1\n"
    "row\t2\t31\t0.0213\tWRONG: a | b\n"
    "    Pool pool;\n    pool.Take();   // <-- here\nWRONG: a | b\n";

TEST(CaseTableTest, ReadsARow) {
  const auto row = ReadCaseRow(kLog);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->calls, "2");
  EXPECT_EQ(row->histories, "31");
  EXPECT_DOUBLE_EQ(row->seconds, 0.0213);
  EXPECT_EQ(row->sentence, "WRONG: a | b");
  EXPECT_TRUE(row->text.starts_with("    Pool pool;\n")) << row->text;
  EXPECT_FALSE(ReadCaseRow("Nothing found\n"));
}

TEST(CaseTableTest, ReadsAReasonInPlaceOfACase) {
  const auto row = ReadCaseRow("row\t\t900\t1\tno case: about speed\n");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->calls, "");
  EXPECT_EQ(row->text, "");
  EXPECT_EQ(row->sentence, "no case: about speed");
}

TEST(CaseTableTest, CutsWhatIsLongerThanALineOfMarkdown) {
  const auto row =
      ReadCaseRow("row\t1\t1\t1\tWRONG\n" + std::string(130, 'x') + "\n");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->text, std::string(116, 'x') + " ...\n");
}

TEST(CaseTableTest, WritesTableAndCases) {
  const ScratchFolder scratch;
  for (const char* name : {"02_01/b.wrong_case", "01_02/a.wrong_case",
                           "01_02/a_case", "01_02/a_test"}) {
    const auto folder = scratch.path() / name;
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "test.log")
        << (std::string(name).find("wrong") != std::string::npos ? kLog : "");
  }
  const auto rows = ReadCaseRows(scratch.path());
  ASSERT_EQ(rows.size(), 2u);
  const std::string table = CaseTable(rows);
  EXPECT_NE(table.find("2 of 2 mutants become a case: of 2 calls in the "
                       "median, of at most 2.\n"),
            std::string::npos)
      << table;
  EXPECT_NE(table.find("| 01_02 | a.wrong | 2 | 31 | 0.02 | WRONG: a \\| b |\n"
                       "| 02_01 | b.wrong |"),
            std::string::npos)
      << table;
  const std::string cases = CasesOf(rows, "01_02");
  EXPECT_NE(cases.find("\n## a: wrong\n\n```text\n    Pool pool;\n"),
            std::string::npos)
      << cases;
  EXPECT_EQ(cases.find("b.wrong"), std::string::npos);
}

}  // namespace
}  // namespace workbook
