// SPDX-License-Identifier: Apache-2.0

// What real files hold besides lines: byte order marks, CRLF, NUL, Latin-1, and
// lines that are wrong.
#include <gtest/gtest.h>

#include <string>

#include "02_02/batch_job.h"

namespace workbook {
namespace {

using namespace std::string_literals;

const std::string kMark = "\xEF\xBB\xBF";
const std::string kRule = "R A 2024 o - Mar 1 0 1 S";
const std::string kOne = "2024-03-01,1,0,A\nswitches,1\nrejected,0\n";
const std::string kNone = "switches,0\nrejected,0\n";

std::string Report(const std::string& data) {
  BatchJob job;
  return std::string(job.Run(data, 2000, 2030));
}

TEST(Task10BatchJob, AByteOrderMarkIsSkippedAtTheBeginningOnly) {
  EXPECT_EQ(Report(kMark + kRule + "\n"), kOne)
      << "with it the first rule would be passed over in silence";
  EXPECT_EQ(Report(kRule + "\n" + kMark + kRule + "\n"), kOne)
      << "elsewhere it is text, and that line no rule";
  EXPECT_EQ(Report(kMark), kNone);
}

TEST(Task10BatchJob, ReadsEveryFormOfFile) {
  EXPECT_EQ(Report(kRule + "\r\n" + "# end\r\n\r\n"), kOne) << "CRLF";
  EXPECT_EQ(Report(kRule), kOne) << "no last line end";
  EXPECT_EQ(Report(kRule + "\r"), kOne) << "half of one";
  EXPECT_EQ(Report(""), kNone);
}

TEST(Task10BatchJob, NulAndLatin1AreCharactersOfNames) {
  EXPECT_EQ(Report("R a\0b 2024 o - Mar 1 0 1 S\n"s),
            "2024-03-01,1,0,a\0b\nswitches,1\nrejected,0\n"s);
  EXPECT_EQ(Report("R \xE9 2024 o - Mar 1 0 1 S\n"),
            "2024-03-01,1,0,\xE9\nswitches,1\nrejected,0\n");
  EXPECT_EQ(Report("R A 2024\0 o - Mar 1 0 1 S\n"s), "switches,0\nrejected,1\n")
      << "NUL is no digit";
}

TEST(Task10BatchJob, OneBadLineCostsOneLine) {
  EXPECT_EQ(Report("R 6\" nail\n" + kRule + "\n"),
            "2024-03-01,1,0,A\nswitches,1\nrejected,1\n");
  EXPECT_EQ(Report("R 6\" nail\nR x\n"), "switches,0\nrejected,2\n")
      << "all are refused, and the report says so";
}

}  // namespace
}  // namespace workbook
