// SPDX-License-Identifier: Apache-2.0

// What real files hold besides rows: byte order marks, CRLF, NUL, Latin-1, and
// rows that are wrong.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "02_02/csv_pipeline.h"

namespace workbook {
namespace {

using namespace std::string_literals;

const std::string kMark = "\xEF\xBB\xBF";
const std::string kHead = "codes,coordinates,zone,comments\n";
const std::string kRowA = "AA,+0100+00000,X/A,\n";
const std::string kRowB = "BB,+0300+00000,X/B,\"quoted, too\"\n";

std::string Report(const std::string& csv) {
  CsvPipeline pipeline;
  return std::string(pipeline.Run(csv));
}

// The report of `zones` of the two rows above.
std::string Expected(int zones, int rejected) {
  const char* const regions[] = {"", "X,1,1,3600,X/A\n", "X,2,2,7200,X/B\n"};
  return "region,zones,countries,mean_latitude_seconds,northernmost\n"s +
         regions[zones] + "rejected," + std::to_string(rejected) + "\n";
}

TEST(Task6CsvPipeline, AByteOrderMarkIsSkippedAtTheBeginningOnly) {
  EXPECT_EQ(Report(kMark + kHead + kRowA + kRowB), Expected(2, 0));
  EXPECT_EQ(Report(kMark + "\"codes\n\",a,b,c\n" + kRowA), Expected(1, 0))
      << "in front of a quoted header that holds a line end";
  EXPECT_EQ(Report(kMark + "\n" + kHead + kRowA), Expected(1, 0))
      << "an empty line after the mark is skipped like others";
  EXPECT_EQ(Report(kHead + kRowA + kMark + kRowB), Expected(1, 1))
      << "elsewhere it is text, and no country";
  EXPECT_EQ(Report(kMark), Expected(0, 0)) << "an empty file";
}

TEST(Task6CsvPipeline, ReadsEveryFormOfFile) {
  EXPECT_EQ(Report("a,b,c,d\r\nAA,+0100+00000,X/A,\r\n"
                   "BB,+0300+00000,X/B,\"\"\r\n"),
            Expected(2, 0))
      << "CRLF";
  EXPECT_EQ(Report("a,b,c,d\r\n" + kRowA + "BB,+0300+00000,X/B,"),
            Expected(2, 0))
      << "mixed, and no last line end";
  EXPECT_EQ(Report("a,b,c,d\r\n" + kRowA + "BB,+0300+00000,X/B,\r"),
            Expected(2, 0))
      << "half of a last line end is a comment";
  EXPECT_EQ(Report(""), Expected(0, 0));
}

TEST(Task6CsvPipeline, NulAndLatin1AreFineWhereNoneLooks) {
  EXPECT_EQ(Report(kHead + "AA,+0100+00000,X/A,\0\xE9\n"s +
                   "BB,+0300+00000,X/B,\"\xFC\"\n"),
            Expected(2, 0));
  EXPECT_EQ(Report(kHead + kRowA + "BB,+0300+00000,X/\xE9,\n" +
                   "BB,+0300+00000,X/\0,\n"s),
            Expected(1, 2))
      << "the name of a zone is ASCII";
}

TEST(Task6CsvPipeline, OneBadRowCostsOneRow) {
  EXPECT_EQ(Report(kHead + kRowA + "nonsense\n" + kRowB), Expected(2, 1));
  EXPECT_EQ(Report(kHead + kRowA + "\"AA\"B,+0100+00000,X/Y,\n" + kRowB),
            Expected(2, 1));
  EXPECT_EQ(Report(kHead + kRowA + "CC,+0100+00000,X/Y,6\" nail\n" + kRowB),
            "region,zones,countries,mean_latitude_seconds,northernmost\n"
            "X,3,3,6000,X/B\nrejected,0\n")
      << "a quote inside of a plain field is a character";
}

TEST(Task6CsvPipeline, AQuoteThatNeverEndsCostsItsLine) {
  const std::string bad = "CC,+0100+00000,X/Y,\"6 nail\n";
  EXPECT_EQ(Report(kHead + kRowA + bad + "BB,+0300+00000,X/B,\n"),
            Expected(2, 1));
  EXPECT_EQ(Report(kHead + kRowA + bad + kRowB), Expected(2, 1))
      << "it seems to end at the next row's quote";
  EXPECT_EQ(Report(kHead + bad + bad + bad + kRowA), Expected(1, 3));
  EXPECT_EQ(Report(kHead + kRowA + bad.substr(0, bad.size() - 1)),
            Expected(1, 1))
      << "the last line";
}

}  // namespace
}  // namespace workbook
