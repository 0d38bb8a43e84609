// SPDX-License-Identifier: Apache-2.0

// Every submission of testdata/hostile gets the state, the mark and the flag
// that expected.tsv gives it, in the real jail.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string_view>

#include "tools/grade/bubblewrap.h"
#include "tools/grade/sample_grading.h"

namespace workbook::grade {
namespace {

TEST_F(Grading, TheReferenceIsAMeasure) {
  ASSERT_EQ(calibration(), "");
  EXPECT_EQ(plan().tasks[0].costs.size(), 3u);
  EXPECT_GT(plan().tasks[0].instructions, 1000);
}

// All tosses of one grading may fall alike, in some one of 500 for heads and of
// 250 for a sleeper's tails; canary_test has the rest. Three times they don't.
Result GradeUntilSeen(const Expectation& row,
                      const std::function<Result()>& grade) {
  constexpr std::string_view kCoin = "two states of one test";
  Result result = grade();
  for (int again = 0; row.flag == kCoin && again < 2; ++again) {
    const bool is_seen = std::any_of(
        result.flags.begin(), result.flags.end(),
        [&](const std::string& flag) { return flag.starts_with(kCoin); });
    if (is_seen) break;
    result = grade();
  }
  return result;
}

// A test a row, so that Bazel can share them out.
class Hostile : public Grading,
                public testing::WithParamInterface<Expectation> {};

TEST_P(Hostile, GetsItsStateAndItsMark) {
  ASSERT_EQ(calibration(), "");
  if (GetParam().name == "nested_namespace" &&
      !BubblewrapForbidsUserNamespaces()) {
    GTEST_SKIP() << "bubblewrap before 0.8.0 can't forbid it; a run says so";
  }
  const Result result = GradeUntilSeen(
      GetParam(), [] { return Grade(Read("hostile", GetParam().name)); });
  Check(GetParam(), result);
  // INSTRUCTORS.md says that it is not seen: where it is, its table is another.
  if (GetParam().flag == "-" && result.points > 0) {
    EXPECT_TRUE(result.flags.empty()) << Describe(result);
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, Hostile,
                         testing::ValuesIn(Expectations("hostile")),
                         [](const auto& row) { return row.param.name; });

TEST_F(Grading, OneSubmissionHasOneMark) {
  const Result first = Grade(Read("hostile", "honest_slow"));
  EXPECT_GT(first.points, 5) << Describe(first);
  EXPECT_LT(first.points, 10) << Describe(first);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(Grade(Read("hostile", "honest_slow")).points, first.points);
  }
}

TEST_F(Grading, AMissingFileIsNamed) {
  Submission submission = Read("hostile", "honest_reference");
  submission.files.erase("ring.cc");
  const Result result = Grade(submission);
  EXPECT_EQ(result.tasks[0].state, TaskState::kMissing);
  EXPECT_EQ(result.tasks[0].message,
            "ring.cc is missing. Fix: hand it in under exactly this name, as "
            "UTF-8 text.");
  EXPECT_EQ(result.points, 0);
}

}  // namespace
}  // namespace workbook::grade
