// SPDX-License-Identifier: Apache-2.0

#include "04_01/log_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/log_report.h"
#include "exercises/04_01/testing/contract.h"
#include "exercises/04_01/testing/web_log.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

const std::string kFrank =
    "192.0.2.7 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a HTTP/1.0\" 200 "
    "2326";

// A line with this path, status and bytes.
std::string LineOf(const std::string& path, const std::string& status = "200",
                   const std::string& bytes = "1") {
  return "host - - [10/Oct/2000:13:55:36 -0700] \"GET " + path +
         " HTTP/1.1\" " + status + " " + bytes + "\n";
}

std::string Report(std::string_view log, const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "ReportPaths");
  Scratch scratch;
  std::string report(log.size() + 1000, '?');
  const BufferResult result = ReportPaths(log, scratch, report);
  EXPECT_TRUE(result.ok());
  return std::string(Written(report, result));
}

TEST(Task6LogReport, ReadsALine) {
  const std::string line = "  " + kFrank + "\r\n";
  const auto record = ReadLogLine(line);
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->host, "192.0.2.7");
  EXPECT_EQ(record->method, "GET");
  EXPECT_EQ(record->path, "/a");
  EXPECT_EQ(record->status, 200);
  EXPECT_EQ(record->bytes, 2326);
}

TEST(Task6LogReport, ARecordLooksIntoItsLine) {
  const auto record = ReadLogLine(kFrank);
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->host.data(), kFrank.data()) << "the host was copied";
  EXPECT_EQ(record->path.data(), kFrank.data() + kFrank.find("/a"))
      << "the path was copied";
}

TEST(Task6LogReport, TakesWhatStandsJustInside) {
  for (const char* status : {"100", "599", "0200"}) {
    const std::string line = LineOf("/", status);
    EXPECT_TRUE(ReadLogLine(line).has_value()) << status;
  }
  const std::string largest = LineOf("/", "200", "9223372036854775807");
  ASSERT_TRUE(ReadLogLine(largest).has_value());
  const std::string none = LineOf("/", "200", "-");
  ASSERT_TRUE(ReadLogLine(none).has_value());
  EXPECT_EQ(ReadLogLine(none)->bytes, 0);
  const std::string zero = LineOf("/", "200", "0");
  EXPECT_TRUE(ReadLogLine(zero).has_value());
  EXPECT_TRUE(ReadLogLine("h     \"  \" 200 1").has_value())
      << "ten parts, and most of them are empty";
}

TEST(Task6LogReport, RefusesWhatIsNoLine) {
  for (const std::string& line :
       {std::string(), std::string("host"), LineOf("/", "99"),
        LineOf("/", "600"), LineOf("/", "2OO"), LineOf("/", "-"),
        LineOf("/", "200", "-1"), LineOf("/", "200", "1k"),
        LineOf("/", "200", "9223372036854775808"), LineOf("/a b"), LineOf("/ "),
        "more " + kFrank, kFrank + " \"ua\"",
        std::string("h - - [a b] GET / HTTP/1.1\" 200 1"),
        std::string("h - - [a b] \"GET / HTTP/1.1 200 1")}) {
    EXPECT_FALSE(ReadLogLine(line).has_value()) << line;
  }
}

TEST(Task6LogReport, AddsUpEachPath) {
  EXPECT_EQ(Report(LineOf("/b", "200", "20") + LineOf("/a", "404", "-") +
                   LineOf("/b", "304", "5") + LineOf("/B", "200", "7")),
            "/B 1 7\n/a 1 0\n/b 2 25\nrejected 0\n");
  EXPECT_EQ(Report(""), "rejected 0\n");
  EXPECT_EQ(Report("\n \r\n\t\n"), "rejected 0\n") << "nothing but space";
  EXPECT_EQ(Report(LineOf("/a") + "no line\n\n" + LineOf("/", "42")),
            "/a 1 1\nrejected 2\n");
}

TEST(Task6LogReport, ReadsEveryFormOfLog) {
  const std::string one = LineOf("/x");
  const std::string bare = one.substr(0, one.size() - 1);
  EXPECT_EQ(Report(one + bare), "/x 2 2\nrejected 0\n") << "no last line end";
  EXPECT_EQ(Report(bare + "\r\n" + one), "/x 2 2\nrejected 0\n") << "CRLF";
  EXPECT_EQ(Report(bare), "/x 1 1\nrejected 0\n");
  EXPECT_EQ(Report(bare + "\r" + one), "rejected 1\n")
      << "a CR alone ends no line";
}

TEST(Task6LogReport, HasTheContractOfACallersBuffer) {
  const std::string log = WebLogOf(25);
  const std::string report = Report(log);
  Scratch scratch;
  ExpectFillsText(report, [&](std::span<char> out) {
    return ReportPaths(log, scratch, out);
  });
}

TEST(Task6LogReport, LeavesTheCallersScratchAsItWas) {
  Scratch scratch;
  const ScratchFrame frame(scratch);
  const auto mine = scratch.AllocateArray<char>(100);
  std::fill(mine.begin(), mine.end(), 'm');
  const std::string log = WebLogOf(200);
  std::string report(10'000, '?');
  const std::size_t used = scratch.used_bytes();
  ASSERT_TRUE(ReportPaths(log, scratch, report).ok());
  EXPECT_EQ(scratch.used_bytes(), used) << "what it took is not free again";
  EXPECT_EQ(std::string(mine.begin(), mine.end()), std::string(100, 'm'));
}

TEST(Task6LogReport, ALineNeverAllocates) {
  const std::string line = LineOf("/a/path/of/more/than/fifteen/letters");
  const AllocationScope plain;
  before::ReadLogLine(line);
  const auto first = plain.Counts().allocations;
  RecordGain("allocations", first, 0);
  RecordProperty("allocations_of_a_line", static_cast<int>(first));
  ExpectNoAllocation([&] { ASSERT_TRUE(ReadLogLine(line).has_value()); });
}

TEST(Task6LogReport, AllocatesNothingOnceTheScratchHasGrown) {
  const std::string log = WebLogOf(1000);
  std::string report(20'000, '?');
  Scratch scratch;
  {
    const ScratchFrame frame(scratch);
    scratch.Allocate(1 << 17);  // more than a thousand lines need
  }
  // The first call counts as well: a buffer that is kept forever is seen.
  const AllocationScope scope;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(ReportPaths(log, scratch, report).ok());
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task6LogReport, ReachesTheGoalsOfTheChapter) {
  const std::string log = WebLogOf(1000);
  std::string report(20'000, '?');
  std::string want(20'000, '?');
  AllocationCounts counts;
  AllocationCounts plain;
  {
    const AllocationScope scope;
    Scratch scratch;
    report.resize(ReportPaths(log, scratch, report).size);
    counts = scope.Counts();
  }
  {
    const AllocationScope scope;
    before::Scratch scratch;
    want.resize(before::ReportPaths(log, scratch, want).size);
    plain = scope.Counts();
  }
  EXPECT_EQ(report, want);
  EXPECT_LE(counts.allocations * 20, plain.allocations)
      << "95 % fewer allocations; at first " << plain.allocations;
  EXPECT_LE(counts.peak_live_bytes * 10, plain.peak_live_bytes * 6)
      << "40 % less at the peak; at first " << plain.peak_live_bytes;
  RecordGain("allocations", plain.allocations, counts.allocations);
  RecordGain("peak_bytes", plain.peak_live_bytes, counts.peak_live_bytes);
  RecordProperty("scratch_blocks", static_cast<int>(counts.allocations));
}

TEST(Task6LogReport, AnswersRandomLogsAsThePlainForm) {
  SeedTrace trace;
  Random random(423);
  Scratch scratch;
  before::Scratch plain_scratch;
  std::string report(4000, '?');
  std::string want(4000, '?');
  std::string log;
  for (int i = 0; i < 4000; ++i) {
    log = WebLogOf(static_cast<int>(random.Below(5)));
    for (std::size_t k = random.Below(5); k > 0 && !log.empty(); --k) {
      log[random.Below(log.size())] = " \n\r\"-0/a\t"[random.Below(9)];
    }
    const std::size_t room = random.Below(200);
    const auto to = std::span(report).first(room);
    const auto want_to = std::span(want).first(room);
    const auto result = ReportPaths(log, scratch, to);
    const auto expected = before::ReportPaths(log, plain_scratch, want_to);
    ASSERT_TRUE(SameResult(result, expected)) << log;
    ASSERT_EQ(Written(to, result), Written(want_to, expected)) << log;
  }
}

}  // namespace
}  // namespace workbook
