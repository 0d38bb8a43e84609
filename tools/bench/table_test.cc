// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/table.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

RowResult Result(const std::string& role, const std::string& implementation,
                 const std::vector<double>& times) {
  RowResult result;
  result.case_name = "pool/batch";
  result.role = role;
  result.implementation = implementation;
  for (const double ns : times) result.repetitions.push_back({ns, ns, ns, 1});
  return result;
}

RowResult Without(const std::string& implementation, RowStatus status,
                  const std::string& message) {
  RowResult result = Result("peer", implementation, {});
  result.status = status;
  result.message = message;
  return result;
}

TEST(SpeedAgainstBaseline, IsTheRatioOfTheMedians) {
  const std::vector<RowResult> results = {
      Result("yours", "Pool", {4, 100, 5, 5, 3}),
      Result("baseline", "new", {20, 19, 900}),
  };
  EXPECT_EQ(SpeedAgainstBaseline(results[0], results), 4);
  EXPECT_EQ(SpeedAgainstBaseline(results[1], results), 1);
}

TEST(SpeedAgainstBaseline, IsZeroWithoutABaselineOrATime) {
  const std::vector<RowResult> alone = {Result("yours", "Pool", {4})};
  EXPECT_EQ(SpeedAgainstBaseline(alone[0], alone), 0);
  const std::vector<RowResult> untimed = {Result("baseline", "new", {4}),
                                          Result("yours", "Pool", {})};
  EXPECT_EQ(SpeedAgainstBaseline(untimed[1], untimed), 0);
}

TEST(FormatCase, PutsBaselineFirstThenYoursThenPeersBySpeedThenGaps) {
  std::vector<RowResult> results = {
      Without("gone", RowStatus::kGap, "not installed: apt-get install gone"),
      Result("peer", "slow", {12345.6, 12345.6, 12345.6}),
      Result("peer", "quick", {2.5, 2.5, 2.5}),
      Result("yours", "Pool", {2, 3, 4}),
      Result("baseline", "new/delete", {20, 20, 21}),
      Without("wrong", RowStatus::kError, "two blocks overlap"),
  };
  results[4].counts = {1, 64, 1234567};
  results[3].counts = {0, 0, 999};
  results[2].counts = {1.0 / 3, 21.5, 64};
  results[2].other_counters["hit_rate"] = 0.75;
  results.push_back(Without("", RowStatus::kNotWritten, "task 1 is yours"));
  results.back().role = "yours";
  results.back().implementation = "Other";
  EXPECT_EQ(FormatCase(results),
            R"(pool/batch
           implementation  ns/op    +-  B/op  allocs/op  peak bytes  speed
  baseline new/delete       20.0  0.00    64          1   1,234,567  1.00x
  yours    Pool             3.00  1.00     0          0         999  6.67x  1.20x the time of quick
  yours    Other           not written yet: task 1 is yours
  peer     quick            2.50  0.00  21.5      0.333          64  8.00x  hit_rate=0.75
  peer     slow            12346  0.00     -          -           -  0.00x
  peer     gone            not installed: apt-get install gone
  peer     wrong           ERROR: two blocks overlap

)");
}

TEST(FormatHeader, SaysWhatTheNumbersDependOn) {
  RunConditions conditions;
  conditions.cpus = 2;
  conditions.compiler = "gcc 12.2.0";
  conditions.repetitions = 9;
  conditions.probe_ns = 1.04;
  const std::string header = FormatHeader(conditions);
  EXPECT_EQ(header.find("2 CPUs, gcc 12.2.0, optimized\n"), 0u) << header;
  EXPECT_NE(header.find("median of 9 repetitions"), std::string::npos);
  EXPECT_NE(header.find("adds 1.0 ns"), std::string::npos);
  EXPECT_EQ(header.find("WARNING"), std::string::npos);
}

TEST(FormatHeader, WarnsWhereTimesMeanNothing) {
  RunConditions conditions;
  conditions.repetitions = 9;
  conditions.optimized = false;
  EXPECT_NE(FormatHeader(conditions).find("WARNING"), std::string::npos);
  conditions.optimized = true;
  conditions.sanitized = true;
  EXPECT_NE(FormatHeader(conditions).find("WARNING"), std::string::npos);
  conditions.repetitions = 0;  // counts are as good in any build
  EXPECT_EQ(FormatHeader(conditions).find("WARNING"), std::string::npos);
}

}  // namespace
}  // namespace workbook
