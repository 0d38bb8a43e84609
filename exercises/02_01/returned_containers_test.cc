// SPDX-License-Identifier: Apache-2.0

#include "02_01/returned_containers.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "exercises/02_01/before/returned_containers.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::vector<double> Readings(std::size_t count) {
  std::vector<double> readings(count);
  for (std::size_t i = 0; i < count; ++i) {
    readings[i] = static_cast<double>(i * 7 % 10);
  }
  return readings;
}

Series LongSeries(char name, std::size_t count) {
  return Series(std::string(30, name), Readings(count));
}

TEST(Task2Above, KeepsTheOrder) {
  EXPECT_EQ(Above(std::vector<double>{3, 1, 4, 1, 5}, 2.5),
            (std::vector<double>{3, 4, 5}));
  EXPECT_EQ(Above(std::vector<double>{3, 1}, 3), std::vector<double>());
  EXPECT_EQ(Above(std::vector<double>{3, 1}, 0), (std::vector<double>{3, 1}))
      << "all of them are above 0";
}

TEST(Task2Above, TakesOneBlock) {
  const std::vector<double> readings = Readings(1000);
  AllocationScope old_scope;
  before::Above(readings, 4);
  const std::int64_t old_allocations = old_scope.Counts().allocations;
  AllocationScope scope;
  const std::vector<double> above = Above(readings, 4);
  const AllocationCounts counts = scope.Counts();
  RecordGain("allocations", old_allocations, counts.allocations);
  EXPECT_EQ(above.size(), 500u);
  EXPECT_LE(counts.allocations, 1)
      << "no more readings can be above the limit than there are: reserve";
  EXPECT_LE(counts.bytes_allocated, 8000) << "8 bytes for each reading";
}

TEST(Task2Above, ReturnsAllOfThemWithoutACopy) {
  const std::vector<double> readings = Readings(1000);
  AllocationScope scope;
  const std::vector<double> above = Above(readings, -1);
  EXPECT_EQ(above.size(), 1000u);
  EXPECT_LE(scope.Counts().allocations, 1)
      << "`condition ? a : b` is no name of a local variable, so the return "
         "copies what it chooses";
}

TEST(Task2Above, AboveIntoReplacesWhatWasThere) {
  std::vector<double> out = {9, 9, 9};
  AboveInto(std::vector<double>{3, 1, 4}, 2, out);
  EXPECT_EQ(out, (std::vector<double>{3, 4}));
}

TEST(Task2Above, AboveIntoUsesTheCapacityThatIsThere) {
  const std::vector<double> readings = Readings(1000);
  std::vector<double> out;
  out.reserve(1000);
  AllocationScope scope;
  for (int round = 0; round < 10; ++round) AboveInto(readings, round, out);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "`out` has the capacity. Fix: clear() keeps it, assignment of another "
         "vector does not";
}

TEST(Task2LongestRise, FindsTheFirstOfTheLongest) {
  const std::vector<double> readings = {5, 1, 2, 3, 3, 4, 5, 0};
  const auto rise = LongestRise(readings);
  EXPECT_EQ(std::vector<double>(rise.begin(), rise.end()),
            (std::vector<double>{1, 2, 3}));
  EXPECT_TRUE(LongestRise({}).empty()) << "no readings, no rise";
  EXPECT_EQ(LongestRise(std::vector<double>{7}).size(), 1u);
  const std::vector<double> rises_to_the_end = {2, 1, 2, 3};
  EXPECT_EQ(LongestRise(rises_to_the_end).size(), 3u);
}

TEST(Task2LongestRise, IsAViewOfTheReadings) {
  const std::vector<double> readings = {5, 1, 2, 3};
  AllocationScope scope;
  const auto rise = LongestRise(readings);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the caller has the readings. Fix: return a std::span of them";
  EXPECT_EQ(rise.data(), readings.data() + 1)
      << "a view points into the readings";
}

TEST(Task2Series, TakesOverWhatIsMovedIn) {
  std::string name(30, 'n');
  std::vector<double> readings = Readings(1000);
  const double* const data = readings.data();
  AllocationScope scope;
  const Series series(std::move(name), std::move(readings));
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "name and readings were moved in. Fix: take them by value, and move";
  EXPECT_EQ(series.readings().data(), data) << "the block has to stay";
}

TEST(Task2Series, CopiesWhatTheCallerKeeps) {
  const std::string name(30, 'n');
  const std::vector<double> readings = Readings(10);
  const Series series(name, readings);
  EXPECT_EQ(series.name(), name);
  EXPECT_EQ(series.readings(), readings);
  EXPECT_EQ(readings.size(), 10u);
}

TEST(Task2Series, ShowsItsReadingsWithoutACopy) {
  const Series series = LongSeries('n', 1000);
  AllocationScope scope;
  EXPECT_EQ(series.readings()[999], 3);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "one reading was read, and all were copied";
}

TEST(Task2Series, GivesItsReadingsAway) {
  Series series = LongSeries('n', 1000);
  const double* const data = series.readings().data();
  AllocationScope scope;
  const std::vector<double> readings = series.TakeReadings();
  EXPECT_EQ(scope.Counts().allocations, 0) << "nothing needs a copy any more";
  EXPECT_EQ(readings.size(), 1000u);
  EXPECT_EQ(readings.data(), data) << "the block has to move along";
  EXPECT_TRUE(series.readings().empty()) << "the series keeps none";
}

TEST(Task2Longest, SortsByTheNumberOfReadings) {
  const std::vector<Series> all = {LongSeries('a', 3), LongSeries('b', 9),
                                   LongSeries('c', 3), LongSeries('d', 1)};
  const std::vector<Series> longest = Longest(all, 3);
  ASSERT_EQ(longest.size(), 3u);
  EXPECT_EQ(longest[0].name()[0], 'b');
  EXPECT_EQ(longest[1].name()[0], 'a') << "equally long: the first comes first";
  EXPECT_EQ(longest[2].name()[0], 'c');
  EXPECT_EQ(Longest(all, 9).size(), 4u) << "there are no more than four";
  EXPECT_TRUE(Longest({}, 2).empty());
}

TEST(Task2Longest, CopiesNoSeries) {
  std::vector<Series> all;
  for (int i = 0; i < 20; ++i) {
    all.push_back(LongSeries('a', static_cast<std::size_t>(i % 7 + 1)));
  }
  AllocationScope scope;
  const std::vector<Series> longest = Longest(std::move(all), 5);
  EXPECT_EQ(longest.size(), 5u);
  EXPECT_LE(scope.Counts().allocations, 1)
      << "all of them were moved in. Fix: take the vector by value, sort it, "
         "and return it";
}

}  // namespace
}  // namespace workbook
