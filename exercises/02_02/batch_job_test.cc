// SPDX-License-Identifier: Apache-2.0

#include "02_02/batch_job.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "exercises/02_02/before/batch_job.h"
#include "exercises/02_02/testdata/inputs.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::string Report(std::string_view data, int first_year, int last_year) {
  BatchJob job;
  return std::string(job.Run(data, first_year, last_year));
}

std::uint64_t Fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  }
  return hash;
}

// Expected values are those of an independent program (Python's datetime).
constexpr char kExpected2025[] =
    "2025-02-23,1,0,M\n2025-03-09,5,0,C\n2025-03-28,1,0,Z\n"
    "2025-03-30,7,1,E\n2025-04-06,0,9,AN\n2025-04-12,1,0,P\n"
    "2025-04-25,1,0,K\n2025-09-07,1,0,x\n2025-09-28,2,0,NZ\n"
    "2025-10-05,5,0,AN\n2025-10-25,0,1,P\n2025-10-26,1,8,E\n"
    "2025-10-30,0,1,K\n2025-11-02,0,5,C\nswitches,50\nrejected,0\n";

TEST(Task10BatchJob, ListsTheSwitchesOfAYear) {
  EXPECT_EQ(Report(TimeZoneData(), 2025, 2025), kExpected2025);
}

TEST(Task10BatchJob, ListsTheSwitchesOfACentury) {
  const std::string report = Report(TimeZoneData(), 1900, 2037);
  EXPECT_EQ(report.size(), 47403u);
  EXPECT_EQ(Fnv1a(report), 15150104247192612258u)
      << "the report is not the one that Python writes";
  EXPECT_EQ(Fnv1a(Report(TimeZoneData(), 1940, 1945)), 12485330108335058575u);
}

TEST(Task10BatchJob, KnowsEveryKindOfDay) {
  EXPECT_EQ(Report("R A 2023 2024 - F lastTh 0 1 S\n", 2000, 2030),
            "2023-02-23,1,0,A\n2024-02-29,1,0,A\nswitches,2\nrejected,0\n");
  EXPECT_EQ(Report("R A 2024 o - Mar Su>=8 0 1 S\n", 2000, 2030),
            "2024-03-10,1,0,A\nswitches,1\nrejected,0\n");
  EXPECT_EQ(Report("R A 2024 o - O Sa<=30 0 0 -\n", 2000, 2030),
            "2024-10-26,0,1,A\nswitches,1\nrejected,0\n");
  EXPECT_EQ(Report("R A 2024 o - O Su>=31 0 0 -\n", 2000, 2030),
            "2024-11-03,0,1,A\nswitches,1\nrejected,0\n")
      << "a day may fall into the next month";
  EXPECT_EQ(Report("R A 2024 o - S Su<=1 0 -1 -\n", 2000, 2030),
            "2024-09-01,1,0,A\nswitches,1\nrejected,0\n")
      << "a day that is that weekday itself counts";
}

TEST(Task10BatchJob, CutsRulesToTheYearsThatAreAsked) {
  const std::string_view rule = "R A 1990 ma - Ja 1 0 1 S\n";
  EXPECT_EQ(Report(rule, 2000, 2001),
            "2000-01-01,1,0,A\n2001-01-01,1,0,A\nswitches,2\nrejected,0\n");
  EXPECT_EQ(Report(rule, 1900, 1990),
            "1990-01-01,1,0,A\nswitches,1\nrejected,0\n");
  EXPECT_EQ(Report(rule, 1900, 1989), "switches,0\nrejected,0\n");
  EXPECT_EQ(Report(rule, 2001, 2000), "switches,0\nrejected,0\n");
  EXPECT_EQ(Report("", 1900, 2000), "switches,0\nrejected,0\n");
}

TEST(Task10BatchJob, KnowsTheFirstYearAndTheLast) {
  const std::string_view rule = "R A 1 ma - Ja 1 0 1 S\n";
  EXPECT_EQ(Report(rule, 1, 1), "0001-01-01,1,0,A\nswitches,1\nrejected,0\n");
  EXPECT_EQ(Report(rule, 9999, 9999),
            "9999-01-01,1,0,A\nswitches,1\nrejected,0\n");
}

TEST(Task10BatchJob, TwoJobsDoNotShareAReport) {
  BatchJob first;
  BatchJob second;
  const std::string_view report = first.Run(TimeZoneData(), 2025, 2025);
  const std::string_view other = second.Run(TimeZoneData(), 2026, 2026);
  EXPECT_EQ(report, kExpected2025) << "the other job's run overwrote it";
  EXPECT_NE(other, report);
}

TEST(Task10BatchJob, RejectsWhatItCannotRead) {
  for (const char* line : {
           "R A 2024 o - Mar 1 0 1",          // nine fields
           "R A 2024 o - Mar 1 0 1 S extra",  // eleven
           "R  2024 o - Mar 1 0 1 S",         // no name
           "R A year o - Mar 1 0 1 S",        // no year
           "R A 2024 onl - Mar 1 0 1 S",      // not an end
           "R A 0 o - Mar 1 0 1 S",           // no such year
           "R A 2024 o - Ma 1 0 1 S",         // March or May
           "R A 2024 o - Marc1 1 0 1 S",      // no month
           "R A 2024 o - Mar 32 0 1 S",       // no such day
           "R A 2024 o - Mar S>=1 0 1 S",     // Saturday or Sunday
           "R A 2024 o - Mar Su=1 0 1 S",     // neither > nor <
           "R A 2024 o - Mar >=1 0 1 S",      // no weekday
           "R A 2024 o - Mar last 0 1 S",     // last what
       }) {
    EXPECT_EQ(Report(line, 2000, 2030), "switches,0\nrejected,1\n")
        << "for the line " << line;
  }
  EXPECT_EQ(Report("Z A 0 - UTC\nRule\n\n#R B\nL A B", 2000, 2030),
            "switches,0\nrejected,0\n")
      << "other lines are passed over";
}

TEST(Task10BatchJob, SeesAChangeInTheSameYears) {
  std::string data(TimeZoneData());
  BatchJob job;
  EXPECT_EQ(Fnv1a(job.Run(data, 1900, 2037)), 15150104247192612258u);
  const std::size_t rule = data.find("\nR ");
  data[rule + 1] = '#';  // one rule less, at the same address
  EXPECT_NE(Fnv1a(job.Run(data, 1900, 2037)), 15150104247192612258u)
      << "the report of the last run was given again";
  data[rule + 1] = 'R';
  EXPECT_EQ(Fnv1a(job.Run(data, 1900, 2037)), 15150104247192612258u);
}

TEST(Task10BatchJob, TheFirstRunAllocatesThreeTimes) {
  BatchJob job;
  const AllocationScope scope;
  const std::size_t length = job.Run(TimeZoneData(), 1900, 2037).size();
  EXPECT_EQ(length, 47403u);
  EXPECT_LE(scope.Counts().allocations, 3)
      << "the switches and the report, each at its size";
  EXPECT_LE(scope.Counts().peak_live_bytes, 7334 * 24 + 2720 * 32 + 256)
      << "24 bytes a switch, 32 a day of the report";
}

TEST(Task10BatchJob, LaterRunsAllocateNothing) {
  BatchJob job;
  job.Run(TimeZoneData(), 1900, 2037);
  const AllocationScope scope;
  for (int year = 2000; year < 2005; ++year) {
    EXPECT_GT(job.Run(TimeZoneData(), year, 2037).size(), 100u);
  }
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a batch that is not larger than the last has its memory";
}

TEST(Task10BatchJob, ReachesTheGoalsOfTheChapter) {
  AllocationCounts before;
  {
    const AllocationScope scope;
    before::BatchJob job;
    EXPECT_EQ(job.Run(TimeZoneData(), 1900, 2037).size(), 47403u);
    before = scope.Counts();
  }
  const AllocationScope scope;
  BatchJob job;
  EXPECT_EQ(job.Run(TimeZoneData(), 1900, 2037).size(), 47403u);
  const AllocationCounts after = scope.Counts();
  RecordGain("allocations", before.allocations, after.allocations);
  RecordGain("peak_bytes", before.peak_live_bytes, after.peak_live_bytes);
  RecordProperty("allocations_first_run", static_cast<int>(after.allocations));
  EXPECT_LE(after.allocations * 5, before.allocations)
      << "the goal is at least 80 % fewer allocations";
  EXPECT_LE(after.peak_live_bytes * 10, before.peak_live_bytes * 6)
      << "the goal is at least 40 % less memory at the peak";
}

}  // namespace
}  // namespace workbook
