// SPDX-License-Identifier: Apache-2.0

// What real files hold besides lines: byte order marks, CRLF, NUL, Latin-1, and
// lines that are wrong.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "02_02/stream_job.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {
namespace {

using namespace std::string_literals;

const std::string kMark = "\xEF\xBB\xBF";

// "name eras offset format|" of each zone, and "lines/zones/rejected".
std::string Feed(StreamJob& job, std::string_view data,
                 std::size_t chunk_bytes) {
  std::string zones;
  const auto sink = [&zones](const ZoneRecord& zone) {
    zones += std::string(zone.name) + " " + std::to_string(zone.eras) + " " +
             std::to_string(zone.offset_seconds) + " " +
             std::string(zone.format) + "|";
  };
  for (std::size_t i = 0; i < data.size(); i += chunk_bytes) {
    job.Process(data.substr(i, chunk_bytes), sink);
  }
  job.Flush(sink);
  return zones;
}

// The same for chunks of every size, which must agree.
std::string Zones(std::string_view data, const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "StreamJob::Process");
  StreamJob whole;
  std::string zones = Feed(whole, data, data.size() + 1);
  for (std::size_t bytes = 1; bytes < 9; ++bytes) {
    StreamJob job;
    EXPECT_EQ(Feed(job, data, bytes), zones) << "in chunks of " << bytes;
    EXPECT_EQ(job.Totals().rejected, whole.Totals().rejected)
        << "lines rejected, in chunks of " << bytes;
  }
  const StreamTotals& totals = whole.Totals();
  return zones + " " + std::to_string(totals.lines) + "/" +
         std::to_string(totals.zones) + "/" + std::to_string(totals.rejected);
}

TEST(Task11StreamJob, AByteOrderMarkIsSkippedAtTheBeginningOnly) {
  EXPECT_EQ(Zones(kMark + "Z A 1 - X\nZ B 2 - Y\n"),
            "A 1 3600 X|B 1 7200 Y| 2/2/0");
  EXPECT_EQ(Zones(kMark + "# version\nZ A 1 - X\n"), "A 1 3600 X| 2/1/0");
  EXPECT_EQ(Zones("Z A 1 - X\n" + kMark + "Z B 2 - Y\n"), "A 1 3600 X| 2/1/1")
      << "elsewhere it is text: an era without an offset";
  EXPECT_EQ(Zones(kMark), " 1/0/0") << "a line without anything";
  StreamJob job;
  Feed(job, kMark + "Z A 1 - X\n", 2);
  EXPECT_EQ(Feed(job, kMark + "Z B 2 - Y\n", 2), "B 1 7200 Y|")
      << "another stream has a beginning of its own";
  EXPECT_EQ(job.Totals().rejected, 0);
}

TEST(Task11StreamJob, ReadsEveryFormOfFile) {
  EXPECT_EQ(Zones("Z A 1 - X\r\n2 - Y\r\n\r\nZ B 3 - W\r\n"),
            "A 2 7200 Y|B 1 10800 W| 4/2/0")
      << "CRLF: the CR is no part of the format";
  EXPECT_EQ(Zones("Z A 1 - X\r\nZ B 2 - Y"), "A 1 3600 X|B 1 7200 Y| 2/2/0")
      << "no last line end";
  EXPECT_EQ(Zones("Z A 1 - X\r"), "A 1 3600 X| 1/1/0") << "half of one";
  EXPECT_EQ(Zones("Z A 1 - X\rY\n"), "A 1 3600 X\rY| 1/1/0")
      << "a CR alone is a character";
  EXPECT_EQ(Zones(""), " 0/0/0");
}

TEST(Task11StreamJob, NulAndLatin1AreCharacters) {
  EXPECT_EQ(Zones("Z A\0B 1 - X\0Y\n"s), "A\0B 1 3600 X\0Y| 1/1/0"s);
  EXPECT_EQ(Zones("Z caf\xE9 1 - \xFC\n"), "caf\xE9 1 3600 \xFC| 1/1/0");
  EXPECT_EQ(Zones("Z A 1\0 - X\nZ B 2 - Y\n"s), "B 1 7200 Y| 2/1/1")
      << "NUL is no digit";
}

TEST(Task11StreamJob, OneBadLineCostsOneLine) {
  EXPECT_EQ(Zones("Z A 1 - X\n6\" nail\n2 - Y\nZ B 3 - W\n"),
            "A 2 7200 Y|B 1 10800 W| 4/2/1");
  EXPECT_EQ(Zones("6\" nail\n6\" nail\n"), " 2/0/2")
      << "all are refused, and the totals say so";
}

}  // namespace
}  // namespace workbook
