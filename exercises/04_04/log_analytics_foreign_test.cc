// SPDX-License-Identifier: Apache-2.0

// What real files hold besides records, and files that are no access log.
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>

#include "04_04/log_analytics.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

using namespace std::string_literals;

class SmallPieces : public ByteSource {
 public:
  explicit SmallPieces(std::string_view text, int error_number)
      : text_(text), error_number_(error_number) {}
  ssize_t Read(std::span<char> buffer) override {
    if (text_.empty() && error_number_ != 0) {
      errno = error_number_;
      return -1;
    }
    const std::size_t count =
        std::min({buffer.size(), text_.size(), std::size_t{7}});
    std::copy_n(text_.data(), count, buffer.data());
    text_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }

 private:
  std::string_view text_;
  int error_number_;
};

class TextTarget : public ByteTarget {
 public:
  ssize_t Write(std::string_view bytes) override {
    text.append(bytes);
    return static_cast<ssize_t>(bytes.size());
  }
  std::string text;
};

class Task6ForeignBytes : public BoundedTest {
 protected:
  std::string Report(std::string_view log, int error_number = 0) {
    LogAnalyticsOptions options;
    options.temp_folder = folder_.path().string();
    options.stream.chunk_bytes = 16;
    options.stream.max_record_bytes = 9000;
    LogAnalytics analytics(options);
    SmallPieces source(log, error_number);
    TextTarget target;
    report_ = analytics.Run(source, target);
    return target.text;
  }
  ScratchFolder folder_;
  LogReport report_;
};

const std::string kLine = R"(h - - [t] "GET /a X" 200 1 "-" "curl")";
const std::string kBad = "6\" nail";

TEST_F(Task6ForeignBytes, ReadsLinesThatEndInCrLf) {
  EXPECT_EQ(Report(kLine + "\r\n" + kLine + "\r\n"), "      2 other /a\n");
  EXPECT_EQ(report_.malformed, 0u);
  EXPECT_TRUE(report_.ok());
  EXPECT_EQ(Report(kLine + "\r\n" + kLine + "\n" + kLine),
            "      3 other /a\n");
}

TEST_F(Task6ForeignBytes, AByteOrderMarkIsSkippedAtTheBeginningOnly) {
  const std::string mark = "\xEF\xBB\xBF";
  EXPECT_EQ(Report(mark + kLine + "\n"), "      1 other /a\n");
  EXPECT_TRUE(report_.ok());
  const std::string no_client = kLine.substr(1) + "\n";
  Report(kLine + "\n" + mark + no_client);
  EXPECT_EQ(report_.malformed, 0u) << "elsewhere it is text, and a client";
  Report(mark + no_client + kLine);
  EXPECT_EQ(report_.malformed, 1u) << "the mark is no client";
  Report(mark + "host\n" + kLine);
  EXPECT_EQ(report_.first_malformed_offset, 0u);
  EXPECT_EQ(report_.first_error.column, 4u) << "columns count behind the mark";
}

TEST_F(Task6ForeignBytes, TakesBytesAsTheyAre) {
  const std::string nul = R"(h - - [t] "GET /)" + "\0"s +
                          R"( X" 200 1 "-" "a)" + "\0"s + R"(bot")" + "\n";
  EXPECT_EQ(Report(nul), "      1 bot /\0\n"s) << "NUL";
  EXPECT_EQ(Report("h - - [t] \"GET /\xE9 X\" 200 1 \"-\" \"\xFC\"\n"),
            "      1 other /\xE9\n")
      << "Latin-1";
}

TEST_F(Task6ForeignBytes, OneBadLineCostsOneLine) {
  EXPECT_EQ(Report(kLine + "\n" + kBad + "\n" + kLine + "\n"),
            "      2 other /a\n");
  EXPECT_EQ(report_.lines, 3u);
  EXPECT_EQ(report_.malformed, 1u);
  EXPECT_EQ(report_.first_malformed_offset, kLine.size() + 1);
  EXPECT_TRUE(report_.ok()) << "two of three lines are in the report";
  EXPECT_EQ(report_.Message(), "");
}

TEST_F(Task6ForeignBytes, AnEmptyLogHasAnEmptyReport) {
  EXPECT_EQ(Report(""), "");
  EXPECT_EQ(report_.lines, 0u);
  EXPECT_TRUE(report_.ok()) << "nothing was refused";
}

TEST_F(Task6ForeignBytes, AReportThatIsEmptyForRefusalsSaysSo) {
  EXPECT_EQ(Report(kLine + "\r\r\n" + kLine + "\r\r\n"), "");
  EXPECT_TRUE(report_.AllMalformed());
  EXPECT_FALSE(report_.ok()) << "not one line of two could be read";
  EXPECT_TRUE(report_.input.ok()) << "the file itself was read";
  EXPECT_EQ(report_.Message(),
            "all 2 lines are malformed; the first, at byte 0, lacks the end at "
            "column 37");
}

TEST_F(Task6ForeignBytes, SaysWhereTheFirstLineStopsMakingSense) {
  Report(kBad);
  EXPECT_EQ(report_.first_error.column, 7u);
  EXPECT_STREQ(report_.first_error.expected, "a space after the identity");
  Report(R"(h - - [t] "GET )" + std::string(8001, 't') + R"( X" 1 1 "" "")");
  EXPECT_EQ(report_.first_error.column, 15u + 8000u) << "a target is too long";
  EXPECT_FALSE(report_.ok());
  Report(std::string(9500, 'x') + "\n");
  EXPECT_EQ(report_.first_error.column, 9000u) << "a line is too long";
  EXPECT_STRNE(report_.first_error.expected, "");
}

TEST_F(Task6ForeignBytes, AFailedDiskComesBeforeMalformedLines) {
  Report(kBad + "\n", EIO);
  EXPECT_FALSE(report_.ok());
  EXPECT_EQ(report_.Message(), report_.input.Message());
  EXPECT_NE(report_.Message(), "");
}

}  // namespace
}  // namespace workbook
