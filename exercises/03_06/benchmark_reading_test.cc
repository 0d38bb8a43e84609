// SPDX-License-Identifier: Apache-2.0

#include "03_06/benchmark_reading.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "exercises/03_06/testing/testdata.h"

namespace workbook {
namespace {

// What testdata/record.sh recorded: 3 benchmarks, 5 repetitions of each.
const std::vector<BenchmarkEntry>& Recorded() {
  static const auto entries = ParseBenchmarkJson(ReadTestdata("append.json"));
  return entries;
}

BenchmarkEntry Repetition(const std::string& name, std::int64_t iterations,
                          double cpu_time,
                          const std::string& time_unit = "ns") {
  BenchmarkEntry entry;
  entry.name = name;
  entry.iterations = iterations;
  entry.cpu_time = cpu_time;
  entry.time_unit = time_unit;
  return entry;
}

BenchmarkEntry Aggregate(const std::string& name, const std::string& aggregate,
                         double cpu_time) {
  // Google Benchmark gives the number of repetitions here.
  BenchmarkEntry entry = Repetition(name, 5, cpu_time);
  entry.is_aggregate = true;
  entry.aggregate = aggregate;
  return entry;
}

BenchmarkEntry WithCounter(BenchmarkEntry entry, double value) {
  entry.counters["allocs/op"] = value;
  return entry;
}

TEST(Task4TotalIterations, AddsTheRepetitions) {
  const std::vector<BenchmarkEntry> entries = {
      Repetition("a", 100, 1), Repetition("b", 7, 1), Repetition("a", 200, 1)};
  EXPECT_EQ(TotalIterations(entries, "a"), 300);
  EXPECT_EQ(TotalIterations(entries, "b"), 7);
  EXPECT_EQ(TotalIterations(entries, "c"), 0) << "no entry has that name";
}

TEST(Task4TotalIterations, LeavesAggregatesOut) {
  const std::vector<BenchmarkEntry> entries = {Repetition("a", 100, 1),
                                               Aggregate("a", "mean", 1),
                                               Aggregate("a", "median", 1)};
  EXPECT_EQ(TotalIterations(entries, "a"), 100)
      << "no loop ran for a mean or a median";
}

TEST(Task4NsPerOp, IsTheMedianOfTheRepetitions) {
  const std::vector<BenchmarkEntry> entries = {
      Repetition("a", 10, 30), Repetition("a", 10, 20), Repetition("b", 10, 1),
      Repetition("a", 10, 900)};
  EXPECT_EQ(NsPerOp(entries, "a"), 30)
      << "the median of 30, 20 and 900; each is of one iteration already";
}

TEST(Task4NsPerOp, ReadsEveryUnit) {
  EXPECT_EQ(NsPerOp(std::vector{Repetition("a", 1, 2, "ns")}, "a"), 2);
  EXPECT_EQ(NsPerOp(std::vector{Repetition("a", 1, 2, "us")}, "a"), 2e3);
  EXPECT_EQ(NsPerOp(std::vector{Repetition("a", 1, 2, "ms")}, "a"), 2e6);
  EXPECT_EQ(NsPerOp(std::vector{Repetition("a", 1, 2, "s")}, "a"), 2e9);
}

TEST(Task4NsPerOp, NeedsNoAggregates) {
  const std::vector<BenchmarkEntry> entries = {Repetition("a", 10, 30),
                                               Aggregate("a", "median", 31),
                                               Aggregate("a", "cv", 0.1)};
  EXPECT_EQ(NsPerOp(entries, "a"), 30) << "the repetitions decide";
}

TEST(Task4NsPerOp, IsNothingForAnUnknownName) {
  EXPECT_EQ(NsPerOp(std::vector{Repetition("a", 1, 2)}, "b"), std::nullopt);
  EXPECT_EQ(NsPerOp(std::vector{Aggregate("a", "mean", 2)}, "a"), std::nullopt);
}

TEST(Task4NameOfLargest, FindsWhoAllocatesMost) {
  const std::vector<BenchmarkEntry> entries = {
      WithCounter(Repetition("few", 1, 1), 1),
      WithCounter(Repetition("many", 1, 1), 11), Repetition("unknown", 1, 1),
      WithCounter(Repetition("some", 1, 1), 3),
      WithCounter(Aggregate("few", "mean", 1), 99)};
  EXPECT_EQ(NameOfLargest(entries, "allocs/op"), "many")
      << "the mean with 99 is an aggregate";
  EXPECT_EQ(NameOfLargest(entries, "B/op"), "") << "no entry has that counter";
}

TEST(Task4NameOfLargest, FindsACounterThatIsZero) {
  EXPECT_EQ(NameOfLargest(std::vector{WithCounter(Repetition("a", 1, 1), 0)},
                          "allocs/op"),
            "a")
      << "a counter of 0 is there, and no other is larger";
}

TEST(Task4NameOfLargest, LooksAtEveryRepetition) {
  const std::vector<BenchmarkEntry> entries = {
      WithCounter(Repetition("late", 1, 1), 1),
      WithCounter(Repetition("first", 1, 1), 5),
      WithCounter(Repetition("late", 1, 1), 9)};
  EXPECT_EQ(NameOfLargest(entries, "allocs/op"), "late")
      << "its second repetition has 9, more than the 5 of the other one";
}

TEST(Task4NameOfLargest, TakesTheFirstOfEquals) {
  const std::vector<BenchmarkEntry> entries = {
      WithCounter(Repetition("first", 1, 1), 5),
      WithCounter(Repetition("second", 1, 1), 5)};
  EXPECT_EQ(NameOfLargest(entries, "allocs/op"), "first")
      << "both have 5: the one that comes first in the file";
}

TEST(Task4RecordedFile, SaysWhatItIs) {
  ASSERT_GE(Recorded().size(), 5u);
  std::int64_t iterations = 0;
  for (std::size_t i = 0; i < 5; ++i) iterations += Recorded()[i].iterations;
  EXPECT_EQ(TotalIterations(Recorded(), "append/growing"), iterations)
      << "the file begins with the five repetitions of append/growing";
  const std::string most = NameOfLargest(Recorded(), "allocs/op");
  EXPECT_EQ(most, "insert/unordered_set");
  EXPECT_EQ(NameOfLargest(Recorded(), "B/op"), most);
  for (const BenchmarkEntry& entry : Recorded()) {
    if (entry.name != most || entry.is_aggregate) continue;
    RecordProperty("allocations_of_1000_insertions",
                   static_cast<int>(entry.counters.at("allocs/op")));
  }
  EXPECT_GT(NsPerOp(Recorded(), most), NsPerOp(Recorded(), "append/growing"))
      << "the file has the one in us and the other in ns";
}

}  // namespace
}  // namespace workbook
