// SPDX-License-Identifier: Apache-2.0

#include "02_02/stream_job.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "exercises/02_02/before/stream_job.h"
#include "exercises/02_02/testdata/inputs.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Feeds `data` in chunks and returns what came out, a line a zone.
template <typename Job>
std::string Records(Job& job, std::string_view data, std::size_t chunk_bytes) {
  std::string records;
  const auto sink = [&records](const auto& zone) {
    records += std::string(zone.name) + " " + std::to_string(zone.eras) + " " +
               std::to_string(zone.offset_seconds) + " " +
               std::string(zone.format) + "\n";
  };
  for (std::size_t i = 0; i < data.size(); i += chunk_bytes) {
    job.Process(data.substr(i, chunk_bytes), sink);
  }
  job.Flush(sink);
  return records;
}

std::string Records(std::string_view data, std::size_t chunk_bytes = 4096) {
  StreamJob job;
  return Records(job, data, chunk_bytes);
}

std::uint64_t Fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  }
  return hash;
}

// Feeds in chunks without keeping anything; returns the number of zones.
long Feed(auto& job, std::string_view data, std::size_t chunk_bytes) {
  long zones = 0;
  const auto sink = [&zones](const auto&) { ++zones; };
  for (std::size_t i = 0; i < data.size(); i += chunk_bytes) {
    job.Process(data.substr(i, chunk_bytes), sink);
  }
  job.Flush(sink);
  return zones;
}

TEST(Task11StreamJob, ReadsTheRealDatabase) {
  StreamJob job;
  const std::string records = Records(job, TimeZoneData(), 4096);
  EXPECT_EQ(records.size(), 12477u);
  // As an independent program in Python has it.
  EXPECT_EQ(Fnv1a(records), 14703758558060885279u);
  EXPECT_NE(records.find("\nAsia/Kathmandu 3 20700 %z\n"), std::string::npos);
  EXPECT_NE(records.find("\nEurope/Berlin 5 3600 CE%sT\n"), std::string::npos);
  EXPECT_EQ(job.Totals().lines, 4641);
  EXPECT_EQ(job.Totals().rules, 2178);
  EXPECT_EQ(job.Totals().links, 151);
  EXPECT_EQ(job.Totals().zones, 447);
  EXPECT_EQ(job.Totals().rejected, 0);
}

TEST(Task11StreamJob, AnyChunkSizeGivesTheSameRecords) {
  const std::string expected = Records(TimeZoneData(), TimeZoneData().size());
  for (const std::size_t chunk_bytes : {7u, 62u, 1000u, 65536u}) {
    EXPECT_EQ(Records(TimeZoneData(), chunk_bytes), expected)
        << "in chunks of " << chunk_bytes << " bytes";
  }
  const std::string_view start = TimeZoneData().substr(0, 3000);
  const std::string of_start = Records(start, start.size());
  EXPECT_EQ(Records(start, 1), of_start) << "byte by byte";
}

TEST(Task11StreamJob, ErasOffsetsAndNames) {
  EXPECT_EQ(Records("Z A/B -0:16:8 - LMT 1912\n0 - GMT\nZ C - x %s\n"),
            "A/B 2 0 GMT\nC 1 0 %s\n");
  EXPECT_EQ(Records("Z A -4:56:2 - LMT\n# comment\nZ B 14 - +14"),
            "A 1 -17762 LMT\nB 1 50400 +14\n")
      << "the last line needs no line end";
  EXPECT_EQ(Records(""), "");
  EXPECT_EQ(Records("\n\n"), "");
  EXPECT_EQ(Records("Z A 1 - X\n\n2 - Y\n"), "A 2 7200 Y\n")
      << "an empty line does nothing";
}

TEST(Task11StreamJob, RejectsWhatItCannotRead) {
  for (const char* line : {
           "0 - GMT",          // an era, and no zone
           "Z A",              // no era in it
           "Z A 0 -",          // no format
           "Z  0 - GMT",       // no name
           "Z A 1:2:3:4 - X",  // four parts
           "Z A 1: - X",       // an empty one
           "Z A 123 - X",      // three digits
           "Z A x - X",        // no number
           "Z A -- - X",       // two signs
       }) {
    StreamJob job;
    EXPECT_EQ(Records(job, line, 4096), "") << "for the line " << line;
    EXPECT_EQ(job.Totals().rejected, 1) << "for the line " << line;
  }
  StreamJob job;
  EXPECT_EQ(Records(job, "Z A 1 - X\nnonsense\n2 - Y\n", 4096), "A 2 7200 Y\n")
      << "a wrong era does not end its zone";
  EXPECT_EQ(job.Totals().rejected, 1);
  EXPECT_EQ(job.Totals().lines, 3);
}

TEST(Task11StreamJob, ALineThatIsTooLongIsRejectedAsOne) {
  const std::string format(StreamJob::kMaxLineBytes - 8, 'f');
  const std::string longest = "Z A 1 - " + format;
  ASSERT_EQ(longest.size(), StreamJob::kMaxLineBytes);
  for (const std::size_t chunk_bytes : {1u, 50u, 100000u}) {
    EXPECT_EQ(Records(longest, chunk_bytes), "A 1 3600 " + format + "\n");
    StreamJob job;
    const std::string data = "Z A 1 - X\n" + longest + "ff\nZ B 2 - Y\n" +
                             std::string(10000, 'R') + "\nZ C 3 - Z";
    EXPECT_EQ(Records(job, data, chunk_bytes),
              "A 1 3600 X\nB 1 7200 Y\nC 1 10800 Z\n")
        << "in chunks of " << chunk_bytes;
    EXPECT_EQ(job.Totals().rejected, 2);
    EXPECT_EQ(job.Totals().lines, 5);
  }
}

TEST(Task11StreamJob, ALastLineMayBeTooLongAndLackItsEnd) {
  for (const std::size_t chunk_bytes : {1u, 100u, 1000u}) {
    StreamJob job;
    const std::string data = "Z A 1 - X\n" + std::string(257, 'x');
    EXPECT_EQ(Records(job, data, chunk_bytes), "A 1 3600 X\n");
    EXPECT_EQ(job.Totals().lines, 2) << "in chunks of " << chunk_bytes;
    EXPECT_EQ(job.Totals().rejected, 1) << "in chunks of " << chunk_bytes;
    EXPECT_EQ(Records(job, "Z B 2 - Y\n", chunk_bytes), "B 1 7200 Y\n")
        << "the next stream begins with a line of its own";
    EXPECT_EQ(job.Totals().rejected, 1) << "in chunks of " << chunk_bytes;
  }
}

TEST(Task11StreamJob, ALineOf257BytesIsTooLongWhateverItIs) {
  for (const std::size_t chunk_bytes : {1u, 1000u}) {
    StreamJob job;
    const std::string comment = "#" + std::string(256, 'c');
    EXPECT_EQ(Records(job, "Z A - - X\n" + comment + "\n2 - Y\n", chunk_bytes),
              "A 1 0 X\n")
        << "it ends the zone, so that the next era has none";
    EXPECT_EQ(job.Totals().rejected, 2);
  }
}

TEST(Task11StreamJob, ALastLineCountsAtFlush) {
  StreamJob job;
  const auto sink = [](const ZoneRecord&) {};
  job.Process("Z A 1 - X", sink);
  EXPECT_EQ(job.Totals().lines, 0);
  job.Flush(sink);
  EXPECT_EQ(job.Totals().lines, 1);
}

TEST(Task11StreamJob, TwoJobsDoNotMix) {
  StreamJob first;
  StreamJob second;
  std::string zones;
  const auto sink = [&zones](const ZoneRecord& zone) {
    zones += std::string(zone.name) + " " + std::string(zone.format) + "|";
  };
  first.Process("Z A/B 1 -", sink);
  second.Process("Z C/D 2 - ", sink);
  first.Process(" X\n", sink);
  second.Process("Y\n", sink);
  first.Flush(sink);
  second.Flush(sink);
  EXPECT_EQ(zones, "A/B X|C/D Y|") << "each job carries its own split line";
}

TEST(Task11StreamJob, AnotherStreamMayFollow) {
  StreamJob job;
  EXPECT_EQ(Records(job, "Z A 1 - X\n2 - Y", 3), "A 2 7200 Y\n");
  EXPECT_EQ(Records(job, "3 - Z\nZ B 4 - W\n", 3), "B 1 14400 W\n")
      << "the first stream's zone is over";
  EXPECT_EQ(job.Totals().zones, 2);
  EXPECT_EQ(job.Totals().rejected, 1);
}

TEST(Task11StreamJob, RecordsLeaveAsSoonAsTheyAreComplete) {
  StreamJob job;
  int zones = 0;
  const auto sink = [&zones](const ZoneRecord&) { ++zones; };
  job.Process("Z A 1 - X\n2 - Y\n", sink);
  EXPECT_EQ(zones, 0) << "another era may follow";
  job.Process("Z B 3 - Z\n", sink);
  EXPECT_EQ(zones, 1)
      << "a zone that is complete must not wait for the end of the stream";
  job.Flush(sink);
  EXPECT_EQ(zones, 2);
}

TEST(Task11StreamJob, ProcessingAllocatesNothing) {
  StreamJob job;
  const AllocationScope scope;
  EXPECT_EQ(Feed(job, TimeZoneData(), 1000), 447);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a line that is split needs room that is there from the start";
}

TEST(Task11StreamJob, MemoryDoesNotDependOnTheLengthOfTheStream) {
  for (const int rounds : {1, 5}) {
    const AllocationScope scope;
    StreamJob job;
    for (int round = 0; round < rounds; ++round) {
      long zones = 0;
      const auto sink = [&zones](const ZoneRecord&) { ++zones; };
      for (std::size_t i = 0; i < TimeZoneData().size(); i += 777) {
        job.Process(TimeZoneData().substr(i, 777), sink);
      }
      EXPECT_GE(zones, 440) << "the stream is kept until the end";
    }
    EXPECT_LE(scope.Counts().allocations, 3);
    EXPECT_LE(scope.Counts().peak_live_bytes,
              static_cast<std::int64_t>(4 * StreamJob::kMaxLineBytes));
  }
}

TEST(Task11StreamJob, ReachesTheGoalsOfTheChapter) {
  AllocationCounts before;
  {
    const AllocationScope scope;
    before::StreamJob job;
    EXPECT_EQ(Feed(job, TimeZoneData(), 4096), 447);
    before = scope.Counts();
  }
  const AllocationScope scope;
  StreamJob job;
  EXPECT_EQ(Feed(job, TimeZoneData(), 4096), 447);
  const AllocationCounts after = scope.Counts();
  RecordGain("allocations", before.allocations, after.allocations);
  RecordGain("peak_bytes", before.peak_live_bytes, after.peak_live_bytes);
  RecordProperty("peak_after", static_cast<int>(after.peak_live_bytes));
  EXPECT_LE(after.allocations * 5, before.allocations)
      << "the goal is at least 80 % fewer allocations";
  EXPECT_LE(after.peak_live_bytes * 10, before.peak_live_bytes * 6)
      << "the goal is at least 40 % less memory at the peak";
}

}  // namespace
}  // namespace workbook
