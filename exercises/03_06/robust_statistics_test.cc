// SPDX-License-Identifier: Apache-2.0

#include "03_06/robust_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "exercises/03_06/given/mean.h"
#include "exercises/03_06/given/noisy_machine.h"
#include "exercises/03_06/testing/michelson.h"
#include "tools/exercise/testing/same_list.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

double MedianOf(std::vector<double> values) { return Median(values); }

double MadOf(const std::vector<double>& values) {
  return MedianAbsoluteDeviation(values);
}

// 1, 2, ... count, in descending order.
std::vector<double> CountDown(int count) {
  std::vector<double> values(static_cast<std::size_t>(count));
  std::iota(values.rbegin(), values.rend(), 1.0);
  return values;
}

// Source: the examples of R's help page of mad: 1 to 9; 1, 2, 3, 5, 7, 8. The
// medians of these few follow by counting.
TEST(Task2Median, IsTheMiddleOrTheMeanOfTheTwoMiddleOnes) {
  EXPECT_EQ(MedianOf(CountDown(9)), 5);
  EXPECT_EQ(MedianOf({7, 1, 8, 2, 5, 3}), 4);
  EXPECT_EQ(MedianOf({2, 1}), 1.5);
  EXPECT_EQ(MedianOf({3}), 3);
  EXPECT_EQ(MedianOf({4, 4, 4, 1}), 4);
}

// Source: summary(morley$Speed) of R: Michelson's measurements.
TEST(Task2Median, IsThatOfMichelsonsSpeedOfLight) {
  std::array<double, 100> speeds = kMichelson;
  EXPECT_EQ(Median(speeds), 850);
}

TEST(Task2Median, KeepsTheValuesInSomeOrder) {
  std::vector<double> values = CountDown(100);
  Median(values);
  std::sort(values.begin(), values.end());
  std::vector<double> expected = CountDown(100);
  std::reverse(expected.begin(), expected.end());
  EXPECT_TRUE(SameList(values, expected))
      << "sorted afterwards: Median may reorder the values, not lose any";
}

TEST(Task2Median, AllocatesNothing) {
  std::vector<double> values = CountDown(1000);
  AllocationScope scope;
  Median(values);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the caller's values are the memory that a selection needs";
}

// A contrast, and the reason for this task: given/mean.h against yours.
TEST(Task2Median, StaysWhereItIsWhenOneTimeIsInterrupted) {
  std::vector<double> times(30, 100.0);
  times[7] = 4000;  // the scheduler ran another program for a while
  EXPECT_EQ(MedianOf(times), 100);
  RecordProperty("mean_with_one_interruption",
                 static_cast<int>(std::lround(Mean(times))));
  EXPECT_EQ(Mean(times), 230) << "the mean more than doubles";
}

// Source: R's help page of mad, with constant = 1: it prints that both are 2.
TEST(Task2Mad, IsThatOfRsExamples) {
  EXPECT_EQ(MadOf(CountDown(9)), 2) << "the bare median, without 1.4826";
  EXPECT_EQ(MadOf({1, 2, 3, 4, 5, 6, 7, 8, 100}), 2);
  EXPECT_EQ(MadOf({1, 2, 3, 5, 7, 8}), 2.5) << "3, 2, 1, 1, 3, 4 are distances";
}

// Source: the example of MAD in R's package rwavelet: 1.48258, which is the
// constant 1.4826 times 1.
TEST(Task2Mad, IsThatOfRwaveletsExample) {
  EXPECT_EQ(MadOf({1, 1, 2, 2, 4, 6, 9}), 1);
}

// Source of mean and deviation: NIST StRD, Michelso. The MAD has no published
// figure: 45, by sorting the hundred distances from 850.
TEST(Task2Mad, EstimatesTheDeviationOfMichelsonsSpeeds) {
  EXPECT_NEAR(Mean(kMichelson), 852.4, 1e-9);
  EXPECT_NEAR(StandardDeviation(kMichelson), 79.0105478190518, 1e-9);
  EXPECT_EQ(MedianAbsoluteDeviation(kMichelson), 45);
  EXPECT_NEAR(1.4826 * 45, 79, 13) << "what 1.4826 is for";
}

TEST(Task2Mad, AllocatesOneCopyOfTheValues) {
  const std::vector<double> values = CountDown(1000);
  AllocationScope scope;
  MedianAbsoluteDeviation(values);
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "the distances can take the place of the values";
  EXPECT_EQ(scope.Counts().bytes_allocated, 8000) << "1,000 values";
}

// Which values the bootstrap median of n odd values takes, and how often, is
// known exactly: the k-th smallest value or less with the probability that at
// least (n + 1) / 2 of n draws hit the k smallest.
// Source: Efron (1979), section 3, which prints the case of 13 values: .0015,
// .0142, .0550 and .1242 for the second to the fifth smallest. Up to the third
// that is .0157, up to the fourth .0707: 2.5 % lie in the fourth.
TEST(Task2Bootstrap, HasTheEndsThatEfronComputed) {
  struct Known {
    int count;
    double low;
  };
  // 17: .0082 up to the fourth and .0356 up to the fifth. 19: .0130, .0458.
  for (const Known known : {Known{13, 4}, Known{17, 5}, Known{19, 6}}) {
    const std::vector<double> values = CountDown(known.count);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const Interval interval = BootstrapInterval(values, seed);
      ASSERT_EQ(interval.middle, (known.count + 1) / 2)
          << "the middle is the median of the values, not of the medians";
      ASSERT_EQ(interval.low, known.low)
          << "of 1 to " << known.count << ", seed " << seed
          << ": all values can be drawn, and 2.5 % are left out";
      ASSERT_EQ(interval.high, known.count + 1 - known.low)
          << "of 1 to " << known.count << ", seed " << seed
          << ": all values can be drawn, and 2.5 % are left out";
    }
  }
}

// The medians of kResamples samples, sorted, drawn as the header says.
std::vector<double> SortedMedians(const std::vector<double>& values,
                                  std::uint64_t seed) {
  SplitMix random(seed);
  std::vector<double> sample(values.size());
  std::vector<double> medians(2000);
  for (double& median : medians) {
    for (double& value : sample) value = values[random.Below(values.size())];
    std::sort(sample.begin(), sample.end());
    median = (sample[(sample.size() - 1) / 2] + sample[sample.size() / 2]) / 2;
  }
  std::sort(medians.begin(), medians.end());
  return medians;
}

// Each neighbour of the right place is another value in some of these samples.
TEST(Task2Bootstrap, EndsWhereFiftyOf2000MediansLieOutside) {
  for (std::uint64_t sample = 1; sample <= 3; ++sample) {
    NoisyMachine machine(kShared, sample);
    std::vector<double> times(30);
    for (double& time : times) time = machine.TimeNs(100);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const std::vector<double> medians = SortedMedians(times, seed);
      const Interval interval = BootstrapInterval(times, seed);
      ASSERT_EQ(interval.low, medians[50])
          << "seed " << seed << ": 50 of 2,000 sorted medians in front of it";
      ASSERT_EQ(interval.high, medians[1949])
          << "seed " << seed << ": 50 of 2,000 sorted medians behind it";
    }
  }
}

TEST(Task2Bootstrap, IsTheSameForTheSameSeed) {
  NoisyMachine machine(kBusy, 5);
  std::vector<double> times(30);
  for (double& time : times) time = machine.TimeNs(100);
  const Interval once = BootstrapInterval(times, 1);
  const Interval again = BootstrapInterval(times, 1);
  EXPECT_EQ(once.low, again.low);
  EXPECT_EQ(once.high, again.high);
}

TEST(Task2Bootstrap, HasNoWidthWhereTimesDoNotDiffer) {
  const Interval interval = BootstrapInterval(std::vector<double>(10, 7.0), 1);
  EXPECT_EQ(interval.low, 7);
  EXPECT_EQ(interval.middle, 7);
  EXPECT_EQ(interval.high, 7);
}

// 95 of 100 is what the interval is for. The bootstrap of a median is a little
// off for 30 values, hence 92 to 98.
TEST(Task2Bootstrap, HoldsTheTrueMedianIn95Of100Samples) {
  constexpr int kSamples = 500;
  int held = 0;
  for (int sample = 0; sample < kSamples; ++sample) {
    NoisyMachine machine({.jitter = 0.1, .outlier_share = 0},
                         static_cast<std::uint64_t>(sample));
    std::vector<double> times(30);
    for (double& time : times) time = machine.TimeNs(100);
    const Interval interval = BootstrapInterval(times, 1);
    if (interval.low <= 100 && 100 <= interval.high) ++held;
  }
  RecordProperty("held_of_500", held);
  EXPECT_GE(held, kSamples * 92 / 100) << "the interval is too narrow";
  EXPECT_LE(held, kSamples * 98 / 100) << "the interval is too wide";
}

TEST(Task2Bootstrap, AllocatesAtMostTwice) {
  const std::vector<double> values = CountDown(30);
  AllocationScope scope;
  BootstrapInterval(values, 1);
  EXPECT_LE(scope.Counts().allocations, 2)
      << "one sample can be drawn 2,000 times into the same memory";
}

}  // namespace
}  // namespace workbook
