// SPDX-License-Identifier: Apache-2.0

// What real files hold besides records: byte order marks, CRLF, NUL, Latin-1,
// and lines that are wrong.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "04_01/access_log.h"
#include "exercises/04_01/testing/contract.h"

namespace workbook {
namespace {

using namespace std::string_literals;

const std::string kMark = "\xEF\xBB\xBF";

std::string Convert(std::string_view csv, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "ConvertAccessLog");
  Scratch scratch;
  std::string json(6 * csv.size() + 1000, '?');
  const BufferResult result = ConvertAccessLog(csv, scratch, json);
  EXPECT_TRUE(result.ok());
  return std::string(Written(json, result));
}

// The line for `user,/,200,1,note`.
std::string Line(const std::string& user, const std::string& note) {
  return "{\"user\":\"" + user +
         "\",\"path\":\"/\",\"status\":200,\"ms\":1,\"note\":\"" + note +
         "\"}\n";
}

std::string Rejected(int count) {
  return "{\"rejected\":" + std::to_string(count) + "}\n";
}

TEST(Task16AccessLog, AByteOrderMarkIsSkippedAtTheBeginningOnly) {
  EXPECT_EQ(Convert(kMark + "ann,/,200,1,hi\n"),
            Line("ann", "hi") + Rejected(0));
  EXPECT_EQ(Convert(kMark + "\"ann\",/,200,1,\"hi\"\n"),
            Line("ann", "hi") + Rejected(0))
      << "in front of a quote, too";
  EXPECT_EQ(Convert("ann,/,200,1,a\n" + kMark + "bob,/,200,1,b\n"),
            Line("ann", "a") + Line(kMark + "bob", "b") + Rejected(0))
      << "elsewhere it is text";
  EXPECT_EQ(Convert(kMark + kMark + "ann,/,200,1,\n"),
            Line(kMark + "ann", "") + Rejected(0))
      << "one mark, no more";
  EXPECT_EQ(Convert(kMark), Rejected(0)) << "an empty file";
  EXPECT_EQ(Convert(kMark + "\r\nann,/,200,1,\n"),
            Line("ann", "") + Rejected(0));
}

TEST(Task16AccessLog, ReadsEveryFormOfFile) {
  const std::string both = Line("ann", "a") + Line("bob", "b") + Rejected(0);
  EXPECT_EQ(Convert("ann,/,200,1,a\r\nbob,/,200,1,b\r\n"), both) << "CRLF";
  EXPECT_EQ(Convert("ann,/,200,1,a\r\nbob,/,200,1,b\n"), both) << "mixed";
  EXPECT_EQ(Convert("ann,/,200,1,a\nbob,/,200,1,b"), both)
      << "no last line end";
  EXPECT_EQ(Convert("ann,/,200,1,a\r\nbob,/,200,1,b\r"),
            Line("ann", "a") + Line("bob", "b\\r") + Rejected(0))
      << "half a line end is text";
  EXPECT_EQ(Convert(""), Rejected(0));
}

TEST(Task16AccessLog, NulIsTextAndLatin1IsRejected) {
  EXPECT_EQ(Convert("a\0b,/,200,1,x\0y\n"s),
            Line("a\\u0000b", "x\\u0000y") + Rejected(0));
  EXPECT_EQ(Convert("ann,/,20\0,1,x\nbob,/,200,1,\n"s),
            Line("bob", "") + Rejected(1))
      << "NUL is no digit";
  EXPECT_EQ(Convert("ren\xE9,/,200,1,x\nann,/caf\xE9,200,1,x\n"
                    "ann,/,200,1,\xFC\nbob,/,200,1,\n"),
            Line("bob", "") + Rejected(3));
}

TEST(Task16AccessLog, OneBadRecordCostsOneRecord) {
  const std::string good = "bob,/,200,1,b\ncat,/,200,1,\"c\"\n";
  const std::string lines = Line("bob", "b") + Line("cat", "c");
  EXPECT_EQ(Convert("ann,/,200,1,6\" nail\n" + good), lines + Rejected(1));
  EXPECT_EQ(Convert("ann,/,200,1,6\" nail\r\n" + good), lines + Rejected(1));
  EXPECT_EQ(Convert("ann,/,200,1,\"6\" nail\n" + good), lines + Rejected(1));
  EXPECT_EQ(Convert("ann,/,200,1,\"never ends\n" + good), lines + Rejected(1))
      << "what begins with a wrong quote ends with its line";
  EXPECT_EQ(Convert("bob,/,200,1,b\nann,/,200,1,6\" nail"),
            Line("bob", "b") + Rejected(1))
      << "the last line";
  EXPECT_EQ(Convert("6\"\n6\"\n6\"\n"), Rejected(3))
      << "all are refused, and the result says so";
}

}  // namespace
}  // namespace workbook
