// SPDX-License-Identifier: Apache-2.0

#include "03_06/profile_reading.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "exercises/03_06/testing/testdata.h"

namespace workbook {
namespace {

TEST(Task5Costliest, NeedsNoOrder) {
  const std::vector<ProfileLine> lines = {{"a", 10}, {"b", 70}, {"c", 20}};
  EXPECT_EQ(Costliest(lines), "b");
  EXPECT_EQ(Costliest({}), "");
}

TEST(Task5ShareOf, IsOfAllLines) {
  const std::vector<ProfileLine> lines = {
      {"malloc", 30}, {"main", 100}, {"operator new", 30}, {"malloc_hook", 40}};
  EXPECT_DOUBLE_EQ(ShareOf(lines, "malloc"), 0.35) << "70 of 200";
  EXPECT_EQ(ShareOf(lines, "free"), 0);
  EXPECT_EQ(ShareOf({}, "free"), 0);
}

TEST(Task5BusiestCaller, SubtractsTheOwnCost) {
  const std::vector<ProfileLine> self = {{"app::Work", 950}, {"app::Ask", 10}};
  const std::vector<ProfileLine> inclusive = {{"app::Work", 1000},
                                              {"app::Ask", 400}};
  EXPECT_EQ(BusiestCaller(self, inclusive, "app::"), "app::Ask")
      << "Work spends 50 in others, Ask 390";
}

TEST(Task5BusiestCaller, LooksOnlyAtNamesWithThePart) {
  const std::vector<ProfileLine> self = {{"app::Ask", 10}};
  const std::vector<ProfileLine> inclusive = {
      {"(below main)", 5000}, {"app::Ask", 400}, {"app::Unlisted", 20}};
  EXPECT_EQ(BusiestCaller(self, inclusive, "app::"), "app::Ask");
  EXPECT_EQ(BusiestCaller(self, inclusive, "Unlisted"), "app::Unlisted")
      << "what `self` does not list costs nothing itself";
  EXPECT_EQ(BusiestCaller(self, inclusive, "other::"), "");
}

TEST(Task5Peak, CountsTheExtraBytes) {
  const std::vector<MassifSnapshot> snapshots = {
      {1, 100, 10}, {2, 200, 16}, {3, 190, 90}, {4, 190, 90}};
  EXPECT_EQ(Peak(snapshots).instructions, 3)
      << "280 bytes; the second snapshot has 216";
}

TEST(Task5OverheadShare, IsTheAllocatorsPart) {
  EXPECT_DOUBLE_EQ(OverheadShare({1, 300, 100}), 0.25);
}

// What testdata/record.sh recorded of given/word_index.cc.
TEST(Task5RecordedProfiles, PerfNamesTheFunctionThatTakesTheTime) {
  const auto lines = ParsePerfReport(ReadTestdata("perf.txt"));
  EXPECT_NE(Costliest(lines).find("HashText"), std::string::npos)
      << Costliest(lines);
  const double share = ShareOf(lines, "HashText");
  RecordProperty("hash_text_per_cent", static_cast<int>(100 * share));
  EXPECT_GT(share, 0.5);
}

TEST(Task5RecordedProfiles, CallgrindTellsWorkersFromCallers) {
  const auto self = ParseCallgrind(ReadTestdata("callgrind.txt"));
  const auto inclusive =
      ParseCallgrind(ReadTestdata("callgrind_inclusive.txt"));
  EXPECT_NE(Costliest(self).find("HashText"), std::string::npos)
      << Costliest(self);
  const std::string caller = BusiestCaller(self, inclusive, "workbook::");
  EXPECT_NE(caller.find("CountWords"), std::string::npos)
      << caller << ": it lets strings, the map and the allocator work";
}

TEST(Task5RecordedProfiles, HeaptrackNamesWhoAllocates) {
  const auto lines = ParseHeaptrack(ReadTestdata("heaptrack.txt"));
  EXPECT_NE(Costliest(lines).find("CountWords"), std::string::npos)
      << Costliest(lines);
}

TEST(Task5RecordedProfiles, MassifHasThePeakOfAllWordsAtOnce) {
  const MassifSnapshot peak = Peak(ParseMassif(ReadTestdata("massif.txt")));
  RecordProperty("peak_heap_bytes", static_cast<int>(peak.heap_bytes));
  EXPECT_GT(peak.heap_bytes, 2'000'000)
      << "60,000 strings of 32 bytes, and more";
  const double share = OverheadShare(peak);
  EXPECT_GT(share, 0) << "headers and rounding";
  EXPECT_LT(share, 0.2);
}

}  // namespace
}  // namespace workbook
