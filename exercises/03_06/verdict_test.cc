// SPDX-License-Identifier: Apache-2.0

#include "03_06/verdict.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <ostream>
#include <span>
#include <vector>

#include "exercises/03_06/given/noisy_machine.h"
#include "tools/probe/probe.h"

namespace workbook {

void PrintTo(Verdict verdict, std::ostream* out) {
  const std::array names = {"faster", "slower", "too noisy to tell"};
  *out << names.at(static_cast<std::size_t>(verdict));
}

namespace {

constexpr int kTrials = 600;
constexpr std::uint64_t kSeed = 1;

// Pairs of two programs on a simulated machine; the first one truly takes
// `true_ratio` times as long as the second.
std::vector<TimedPair> Simulate(double true_ratio, const Noise& noise,
                                std::uint64_t seed) {
  NoisyMachine machine(noise, seed);
  std::vector<TimedPair> pairs(kPairs);
  for (TimedPair& pair : pairs) {
    pair.first_ns = machine.TimeNs(100 * true_ratio);
    pair.second_ns = machine.TimeNs(100);
  }
  return pairs;
}

std::map<Verdict, int> JudgeTrials(double true_ratio, const Noise& noise) {
  std::map<Verdict, int> verdicts;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto seed = static_cast<std::uint64_t>(trial);
    ++verdicts[Judge(Simulate(true_ratio, noise, seed), kSeed)];
  }
  return verdicts;
}

std::vector<TimedPair> SamePairs(std::size_t count, double first_ns,
                                 double second_ns) {
  return std::vector<TimedPair>(count, {first_ns, second_ns});
}

// What a colleague does who knows no interval: the mean ratio decides.
bool LooksFaster(std::span<const TimedPair> pairs) {
  double sum = 0;
  for (const TimedPair& pair : pairs) sum += pair.first_ns / pair.second_ns;
  return sum / static_cast<double>(pairs.size()) < 1;
}

TEST(Task3RatioInterval, IsTheMedianRatio) {
  const Interval ratio = RatioInterval(SamePairs(9, 30, 20), kSeed);
  EXPECT_DOUBLE_EQ(ratio.middle, 1.5);
  EXPECT_DOUBLE_EQ(ratio.low, 1.5);
  EXPECT_DOUBLE_EQ(ratio.high, 1.5);
}

// The pairs of a machine that is ten times slower for a while have the same
// ratios: that is why times are taken in pairs.
TEST(Task3RatioInterval, ComparesWithinPairs) {
  std::vector<TimedPair> pairs;
  for (int i = 0; i < 30; ++i) {
    const double slowness = i % 2 == 0 ? 1 : 10;
    pairs.push_back({90 * slowness, 100 * slowness});
  }
  const Interval ratio = RatioInterval(pairs, kSeed);
  EXPECT_NEAR(ratio.low, 0.9, 1e-9);
  EXPECT_NEAR(ratio.high, 0.9, 1e-9);
}

TEST(Task3RatioInterval, AllocatesEightBytesAPairBesideTheBootstrap) {
  const std::vector<TimedPair> pairs = SamePairs(100, 1, 2);
  const std::vector<double> logs(100, 0.5);
  AllocationScope of_bootstrap;
  BootstrapInterval(logs, kSeed);
  const AllocationCounts bootstrap = of_bootstrap.Counts();
  AllocationScope scope;
  RatioInterval(pairs, kSeed);
  const AllocationCounts counts = scope.Counts();
  EXPECT_EQ(counts.allocations - bootstrap.allocations, 1)
      << "the number of pairs is known: one block for the logarithms";
  EXPECT_EQ(counts.bytes_allocated - bootstrap.bytes_allocated, 8 * 100)
      << "8 bytes for each of 100 pairs";
}

// 1/2 and 2 lie as far from 1: without logarithms the middle would be 1.25.
TEST(Task3RatioInterval, WeighsHalfAndDoubleAlike) {
  std::vector<TimedPair> pairs = SamePairs(10, 1, 2);
  pairs.resize(20, {2, 1});
  EXPECT_NEAR(RatioInterval(pairs, kSeed).middle, 1, 1e-9);
}

TEST(Task3Verdict, SaysRarelyFasterOfEqualPrograms) {
  for (const Noise& noise : {kQuiet, kBusy, kShared}) {
    std::map<Verdict, int> verdicts = JudgeTrials(1.00, noise);
    if (noise.jitter == kBusy.jitter) {
      RecordProperty("false_faster_of_600", verdicts[Verdict::kFaster]);
    }
    EXPECT_LE(verdicts[Verdict::kFaster], kTrials * 5 / 100)
        << "of " << kTrials << " comparisons of equal programs, jitter "
        << noise.jitter << ": at most 5 % may say faster";
    EXPECT_LE(verdicts[Verdict::kSlower], kTrials * 5 / 100)
        << "of " << kTrials << " comparisons of equal programs, jitter "
        << noise.jitter << ": at most 5 % may say slower";
  }
}

// The contrast: no judgement about noise is one about a coin.
TEST(Task3Verdict, IsNeededBecauseEqualProgramsLookFasterSoOften) {
  int looks_faster = 0;
  for (std::uint64_t trial = 0; trial < kTrials; ++trial) {
    if (LooksFaster(Simulate(1.00, kQuiet, trial))) ++looks_faster;
  }
  RecordProperty("looks_faster_of_600", looks_faster);
  EXPECT_GT(looks_faster, kTrials * 40 / 100);
  EXPECT_LT(looks_faster, kTrials * 60 / 100);
}

TEST(Task3Verdict, FindsTenPerCentIn95Of100OnABusyMachine) {
  const int right = JudgeTrials(1.10, kBusy)[Verdict::kSlower];
  RecordProperty("right_of_600", right);
  EXPECT_GE(right, kTrials * 95 / 100)
      << "at a true ratio of 1.10, 30 pairs are enough";
  EXPECT_GE(JudgeTrials(1 / 1.10, kBusy)[Verdict::kFaster], kTrials * 95 / 100)
      << "and in the other direction";
}

TEST(Task3Verdict, FindsTwoPerCentOnAQuietMachine) {
  EXPECT_GE(JudgeTrials(1.02, kQuiet)[Verdict::kSlower], kTrials * 95 / 100)
      << "what can be told follows from the noise, not from a fixed limit";
}

TEST(Task3Verdict, CannotTellTwoPerCentOnASharedMachine) {
  EXPECT_GE(JudgeTrials(1.02, kShared)[Verdict::kTooNoisy], kTrials * 85 / 100)
      << "too noisy to tell is an answer, and here the right one";
}

TEST(Task3Verdict, NeedsNinePairs) {
  ASSERT_EQ(Judge(SamePairs(8, 1, 2), kSeed), Verdict::kTooNoisy)
      << "eight pairs are fewer than kMinPairs";
  EXPECT_EQ(Judge(SamePairs(9, 1, 2), kSeed), Verdict::kFaster);
  EXPECT_EQ(Judge(SamePairs(9, 2, 1), kSeed), Verdict::kSlower);
  EXPECT_EQ(Judge({}, kSeed), Verdict::kTooNoisy);
}

TEST(Task3Verdict, CannotTellEqualTimesApart) {
  EXPECT_EQ(Judge(SamePairs(30, 5, 5), kSeed), Verdict::kTooNoisy)
      << "an interval that touches 1 shows no difference";
}

}  // namespace
}  // namespace workbook
