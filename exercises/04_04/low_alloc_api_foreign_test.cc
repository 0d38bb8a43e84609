// SPDX-License-Identifier: Apache-2.0

// What real files hold besides records: byte order marks, CRLF, NUL, Latin-1.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "04_04/low_alloc_api.h"

namespace workbook {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

// "client target agent" of a line, or "column N: expected".
std::string Parsed(std::string_view line) {
  AccessRecord record;
  const std::optional<ParseError> error = ParseAccessRecord(line, record);
  if (error) {
    return "column " + std::to_string(error->column) + ": " + error->expected;
  }
  return std::string(record.client) + " " + std::string(record.target) + " " +
         std::string(record.agent);
}

TEST(Task4ForeignBytes, ParseAccessRecordTakesWhatFilesHold) {
  EXPECT_EQ(Parsed("h - - [t] \"GET /a X\" 200 1 \"-\" \"curl\"\r"),
            "h /a curl")
      << "the CR of a CRLF";
  EXPECT_EQ(Parsed("h - - [t] \"GET /a X\" 200 1 \"-\" \"curl\"\r\r"),
            "column 37: the end")
      << "one CR, no more";
  EXPECT_EQ(Parsed("h - - [t] \"GET /a X\" 200 1 \"-\" \"cu\rrl\""),
            "h /a cu\rrl")
      << "a CR alone is a byte like others";
  EXPECT_EQ(Parsed("h - - [t] \"GET /\0 X\" 200 1 \"-\" \"c\0rl\""sv),
            "h /\0 c\0rl"s)
      << "NUL";
  EXPECT_EQ(Parsed("h - - [t] \"GET /\xE9 X\" 200 1 \"-\" \"\xFC\""),
            "h /\xE9 \xFC")
      << "Latin-1";
  EXPECT_EQ(Parsed("h - - [t] \"GET /a X\" 2\0 1 \"-\" \"\""sv),
            "column 22: a space before the bytes")
      << "NUL is no digit";
  EXPECT_EQ(Parsed("\r"), "column 0: a space after the client");
  EXPECT_EQ(Parsed(""), "column 0: a space after the client");
}

TEST(Task4ForeignBytes, WithoutByteOrderMarkTakesOneOff) {
  EXPECT_EQ(WithoutByteOrderMark("\xEF\xBB\xBFtext"), "text");
  EXPECT_EQ(WithoutByteOrderMark("\xEF\xBB\xBF\xEF\xBB\xBF"), "\xEF\xBB\xBF");
  EXPECT_EQ(WithoutByteOrderMark("\xEF\xBB\xBF"), "");
  EXPECT_EQ(WithoutByteOrderMark("\xEF\xBB"), "\xEF\xBB") << "half of one";
  EXPECT_EQ(WithoutByteOrderMark("a\xEF\xBB\xBF"), "a\xEF\xBB\xBF");
  EXPECT_EQ(WithoutByteOrderMark(""), "");
}

class Clients : public ResultSink {
 public:
  bool OnResult(const AccessRecord& record) override {
    text += std::string(record.client) + "|";
    return true;
  }
  std::string text;
};

// The clients, and "lines/selected/malformed".
std::string Selected(std::string_view text) {
  Clients clients;
  const SelectTotals totals = SelectRecords(text, {}, clients);
  return clients.text + " " + std::to_string(totals.lines) + "/" +
         std::to_string(totals.selected) + "/" +
         std::to_string(totals.malformed);
}

constexpr std::string_view kRest = R"( - - [t] "GET /a X" 200 1 "-" "curl")";

std::string Line(std::string_view client, std::string_view end = "\n") {
  return std::string(client) + std::string(kRest) + std::string(end);
}

TEST(Task4ForeignBytes, SelectRecordsSkipsAByteOrderMarkAtTheBeginningOnly) {
  EXPECT_EQ(Selected("\xEF\xBB\xBF" + Line("a") + Line("b")), "a|b| 2/2/0");
  EXPECT_EQ(Selected(Line("a") + "\xEF\xBB\xBF" + Line("b")),
            "a|\xEF\xBB\xBF"
            "b| 2/2/0")
      << "elsewhere it is text";
  EXPECT_EQ(Selected("\xEF\xBB\xBF"), " 0/0/0") << "nothing but the mark";
}

TEST(Task4ForeignBytes, SelectRecordsReadsEveryFormOfFile) {
  EXPECT_EQ(Selected(Line("a", "\r\n") + Line("b", "\r\n")), "a|b| 2/2/0")
      << "CRLF";
  EXPECT_EQ(Selected(Line("a", "\r\n") + Line("b", "\n")), "a|b| 2/2/0")
      << "both";
  EXPECT_EQ(Selected(Line("a") + Line("b", "")), "a|b| 2/2/0")
      << "no last line end";
  EXPECT_EQ(Selected(Line("a", "\r\n") + Line("b", "\r")), "a|b| 2/2/0")
      << "half a last line end";
  EXPECT_EQ(Selected(""), " 0/0/0");
  EXPECT_EQ(Selected(Line("a") + Line("\xE9") + Line("c")), "a|\xE9|c| 3/3/0");
  EXPECT_EQ(Selected(Line("a") + "6\" nail\n" + Line("c")), "a|c| 3/2/1")
      << "one bad line costs one line";
  EXPECT_EQ(Selected("a,b\nc,d\n"), " 2/0/2") << "another kind of file";
}

}  // namespace
}  // namespace workbook
