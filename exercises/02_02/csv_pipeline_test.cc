// SPDX-License-Identifier: Apache-2.0

#include "02_02/csv_pipeline.h"

#include <gtest/gtest.h>

#include <string>

#include "exercises/02_02/before/csv_pipeline.h"
#include "exercises/02_02/testdata/inputs.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

const std::string kHead = "codes,coordinates,zone,comments\n";
const std::string kReportHead =
    "region,zones,countries,mean_latitude_seconds,northernmost\n";

std::string Report(std::string_view csv) {
  CsvPipeline pipeline;
  return std::string(pipeline.Run(csv));
}

// What an independent program (Python's csv module) says of the same file.
constexpr char kExpected[] =
    "region,zones,countries,mean_latitude_seconds,northernmost\n"
    "America,121,53,75082,America/Danmarkshavn\n"
    "Asia,74,57,128311,Asia/Srednekolymsk\n"
    "Europe,38,50,174415,Europe/Helsinki\n"
    "Pacific,30,29,-40599,Pacific/Honolulu\n"
    "Africa,19,56,41677,Africa/Tunis\n"
    "Australia,11,1,-110241,Australia/Darwin\n"
    "Antarctica,8,2,-242885,Antarctica/Macquarie\n"
    "Atlantic,8,7,45772,Atlantic/Faroe\n"
    "Indian,3,4,-28000,Indian/Maldives\n"
    "rejected,0\n";

TEST(Task6CsvPipeline, ReportsTheRealTable) {
  EXPECT_EQ(Report(ZonesCsv()), kExpected);
}

TEST(Task6CsvPipeline, ReadsQuotesAndBothLineEnds) {
  EXPECT_EQ(
      Report(kHead + "\"AA,BB\",+0100+00000,X/Y,\"a \"\"b\"\"\nc,d\"\r\n" +
             "\r\n\nBB,+0300-00000,X/Z,\r\nCC,-010000-0000000,\"X/W\",x"),
      kReportHead + "X,3,3,3600,X/Z\nrejected,0\n");
  EXPECT_EQ(Report(kHead + "AA,+0100+00000,X/Y,\n\nBB,+0200+00000,X/Z,\n"),
            kReportHead + "X,2,2,5400,X/Z\nrejected,0\n")
      << "one blank line";
  EXPECT_EQ(Report(kHead + "AA,+0000+00000,Etc/GMT+1,\n"),
            kReportHead + "Etc,1,1,0,Etc/GMT+1\nrejected,0\n");
  EXPECT_EQ(Report(""), kReportHead + "rejected,0\n");
  EXPECT_EQ(Report(kHead), kReportHead + "rejected,0\n");
}

TEST(Task6CsvPipeline, RejectsRowsThatAreNotWhatTheyMustBe) {
  for (const char* row : {
           "AA,+0100+00000,X/Y",             // three fields
           "AA,+0100+00000,X/Y,,",           // five
           "A,+0100+00000,X/Y,",             // a code of one letter
           "AA;BB,+0100+00000,X/Y,",         // not a comma
           "\"AA,\",+0100+00000,X/Y,",       // a comma, and no code after it
           ",+0100+00000,X/Y,",              // no code
           "aa,+0100+00000,X/Y,",            // small letters
           "AA,+0100,X/Y,",                  // half a place
           "AA,+0100+0000000,X/Y,",          // minutes here, seconds there
           "AA,0100+000000,X/Y,",            // no sign
           "AA,+01x0+00000,X/Y,",            // not a digit
           "AA,+0100+00000,X,",              // no region
           "AA,+0100+00000,/Y,",             // an empty one
           "AA,+0100+00000,X/Y Z,",          // a space in the name
           "\"AA\"B,+0100+00000,X/Y,",       // text after the closing quote
           "AA,+0100+00000,X/Y,\"no end\n",  // a quote that never ends
       }) {
    EXPECT_EQ(Report(kHead + row), kReportHead + "rejected,1\n")
        << "for the row " << row;
  }
}

TEST(Task6CsvPipeline, SortsRegionsAndTakesTheFirstOfEqualZones) {
  EXPECT_EQ(Report(kHead + "AA,-0100+00000,B/One,\nAA,-0100+00000,B/Two,\n" +
                   "AA,+0000+00001,C/One,\nAA,+0000+00001,A/One,\n"),
            kReportHead + "B,2,1,-3600,B/One\nA,1,1,0,A/One\n" +
                "C,1,1,0,C/One\nrejected,0\n");
}

TEST(Task6CsvPipeline, SeesAChangeAtTheSameAddress) {
  std::string csv(ZonesCsv());
  CsvPipeline pipeline;
  EXPECT_EQ(pipeline.Run(csv), kExpected);
  const std::size_t row = csv.find("Europe/Andorra");
  csv[row] = '?';  // the same text but for one letter of one row
  const std::string changed(pipeline.Run(csv));
  EXPECT_NE(changed.find("Europe,37,"), std::string::npos)
      << "the answer of the last run was given again:\n"
      << changed;
  EXPECT_NE(changed.find("rejected,1\n"), std::string::npos);
  csv[row] = 'E';
  EXPECT_EQ(pipeline.Run(csv), kExpected);
}

TEST(Task6CsvPipeline, TwoPipelinesDoNotShareAReport) {
  CsvPipeline first;
  CsvPipeline second;
  const std::string_view report = first.Run(ZonesCsv());
  const std::string_view other = second.Run(kHead + "AA,+0100+00000,X/Y,\n");
  EXPECT_EQ(report, kExpected) << "the other pipeline's run overwrote it";
  EXPECT_EQ(other, kReportHead + "X,1,1,3600,X/Y\nrejected,0\n");
}

TEST(Task6CsvPipeline, SeventeenRegionsAllocateNothingInTheSecondRun) {
  std::string csv = kHead;
  for (char name = 'A'; name <= 'Q'; ++name) {
    csv += std::string("AA,+0100+00000,") + name + "/Y,\n";
  }
  CsvPipeline pipeline;
  pipeline.Run(csv);
  const AllocationScope scope;
  EXPECT_NE(pipeline.Run(csv).find("Q,1,1,3600,Q/Y\n"), std::string::npos);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task6CsvPipeline, EveryRowCounts) {
  std::string csv(ZonesCsv());
  const std::size_t head = csv.find('\n') + 1;
  const std::string rows = csv.substr(head);
  for (int i = 0; i < 9; ++i) csv += rows;
  const std::string report = Report(csv);
  EXPECT_NE(report.find("America,1210,53,75082,"), std::string::npos) << report;
  EXPECT_NE(report.find("Indian,30,4,-28000,"), std::string::npos) << report;
}

TEST(Task6CsvPipeline, TheFirstRunAllocatesLittle) {
  CsvPipeline pipeline;
  const AllocationScope scope;
  ASSERT_EQ(pipeline.Run(ZonesCsv()), kExpected);
  EXPECT_LE(scope.Counts().allocations, 8)
      << "the report, the regions, and nothing a row or a field";
}

TEST(Task6CsvPipeline, MoreRowsTakeNoMoreAllocations) {
  std::string csv(ZonesCsv());
  csv += csv.substr(csv.find('\n') + 1);
  csv += csv.substr(csv.find('\n') + 1);
  CsvPipeline pipeline;
  const AllocationScope scope;
  const std::size_t length = pipeline.Run(csv).size();
  EXPECT_GT(length, 100u);
  EXPECT_LE(scope.Counts().allocations, 8)
      << "the cost of the first run does not depend on the number of rows";
}

TEST(Task6CsvPipeline, LaterRunsAllocateNothing) {
  CsvPipeline pipeline;
  pipeline.Run(ZonesCsv());
  const AllocationScope scope;
  for (int i = 0; i < 3; ++i) ASSERT_EQ(pipeline.Run(ZonesCsv()), kExpected);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "report and regions have their memory from the first run";
}

TEST(Task6CsvPipeline, ReachesTheGoalsOfTheChapter) {
  AllocationCounts before;
  {
    const AllocationScope scope;
    before::CsvPipeline pipeline;
    EXPECT_EQ(pipeline.Run(ZonesCsv()), kExpected);
    before = scope.Counts();
  }
  const AllocationScope scope;
  CsvPipeline pipeline;
  EXPECT_EQ(pipeline.Run(ZonesCsv()), kExpected);
  const AllocationCounts after = scope.Counts();
  RecordGain("allocations", before.allocations, after.allocations);
  RecordGain("peak_bytes", before.peak_live_bytes, after.peak_live_bytes);
  RecordProperty("allocations_before", static_cast<int>(before.allocations));
  RecordProperty("allocations_first_run", static_cast<int>(after.allocations));
  EXPECT_LE(after.allocations * 5, before.allocations)
      << "the goal is at least 80 % fewer allocations";
  EXPECT_LE(after.peak_live_bytes * 10, before.peak_live_bytes * 6)
      << "the goal is at least 40 % less memory at the peak";
}

}  // namespace
}  // namespace workbook
