// SPDX-License-Identifier: Apache-2.0

#include "03_06/mann_whitney.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "exercises/03_06/given/noisy_machine.h"

namespace workbook {
namespace {

// Permeability constants of a membrane, at term and earlier.
// Source: Hollander and Wolfe, "Nonparametric statistical methods" (1973), page
//   69; R's help page of wilcox.test has them too: W = 35, p = 0.1272 for
//   "greater", so 0.2544 two-sided.
const std::vector<double> kAtTerm = {0.80, 0.83, 1.89, 1.04, 1.45,
                                     1.38, 1.91, 1.64, 0.73, 1.46};
const std::vector<double> kEarlier = {1.15, 0.88, 0.90, 0.74, 1.21};

TEST(Task6MannWhitneyU, CountsTheCombinationsInWhichTheFirstIsLarger) {
  const std::vector<double> first = {3, 5};
  const std::vector<double> second = {1, 4, 9};
  EXPECT_EQ(MannWhitneyU(first, second), 3) << "3 > 1, 5 > 1, 5 > 4";
  EXPECT_EQ(MannWhitneyU(second, first), 3) << "6 combinations in all";
  EXPECT_EQ(MannWhitneyU(kAtTerm, kEarlier), 35);
}

TEST(Task6MannWhitneyU, CountsATieAsAHalf) {
  const std::vector<double> first = {2, 2};
  const std::vector<double> second = {2, 1};
  EXPECT_EQ(MannWhitneyU(first, second), 3);
}

// Source: Mann and Whitney (1947), table I, for 3 and 3: .050 .100 .200 .350
// .500. By hand: 20 orders, of which 1, 1, 2, 3, 3 have a U of 0 to 4.
TEST(Task6ProbabilityOfU, IsThatOfMannAndWhitneysTable) {
  const std::vector<double> known = {0.050, 0.100, 0.200, 0.350, 0.500};
  for (std::size_t u = 0; u < known.size(); ++u) {
    EXPECT_NEAR(ProbabilityOfU(3, 3, static_cast<double>(u)), known[u], 1e-12)
        << "U = " << u;
  }
  EXPECT_EQ(ProbabilityOfU(3, 3, 9), 1);
  EXPECT_NEAR(ProbabilityOfU(1, 4, 0), 1.0 / 5, 1e-12) << "one of five places";
}

// Counts all orders one by one, as the definition says.
double ByEnumeration(std::size_t first_size, std::size_t second_size,
                     double u) {
  std::vector<int> is_first(first_size + second_size, 0);
  std::fill(is_first.end() - static_cast<std::ptrdiff_t>(first_size),
            is_first.end(), 1);
  double all = 0;
  double reached = 0;
  do {
    double larger = 0;
    double seconds = 0;
    for (const int first : is_first) {
      if (first == 1) larger += seconds;
      if (first == 0) ++seconds;
    }
    ++all;
    if (larger <= u) ++reached;
  } while (std::next_permutation(is_first.begin(), is_first.end()));
  return reached / all;
}

TEST(Task6ProbabilityOfU, AgreesWithCountingAllOrders) {
  for (std::size_t n = 1; n <= 6; ++n) {
    for (std::size_t m = 1; m <= 5; ++m) {
      for (std::size_t u = 0; u <= n * m; ++u) {
        const auto value = static_cast<double>(u);
        ASSERT_NEAR(ProbabilityOfU(n, m, value), ByEnumeration(n, m, value),
                    1e-12)
            << n << " and " << m << " values, U = " << u;
      }
    }
  }
}

TEST(Task6ProbabilityOfU, AddsUpForThirtyAndThirty) {
  EXPECT_NEAR(ProbabilityOfU(30, 30, 449.5), 0.5, 0.01);
  EXPECT_NEAR(ProbabilityOfU(30, 30, 300) + ProbabilityOfU(30, 30, 599), 1,
              1e-9)
      << "the distribution is symmetric about 450";
}

TEST(Task6TwoSidedP, IsThatOfHollanderAndWolfe) {
  EXPECT_NEAR(TwoSidedP(kAtTerm, kEarlier), 0.2544, 0.00005);
  EXPECT_NEAR(TwoSidedP(kEarlier, kAtTerm), 0.2544, 0.00005)
      << "the same question the other way round";
}

TEST(Task6TwoSidedP, IsAtMostOne) {
  const std::vector<double> first = {1, 4};
  const std::vector<double> second = {2, 3};
  EXPECT_EQ(TwoSidedP(first, second), 1);
}

// What it is for: times that cannot be taken in pairs, such as those of two
// builds that ran on different days.
TEST(Task6TwoSidedP, FindsTenPerCentWithoutPairs) {
  int found = 0;
  int alarms = 0;
  for (std::uint64_t trial = 0; trial < 100; ++trial) {
    NoisyMachine machine(kBusy, trial);
    std::vector<double> slower(30), same(30), usual(30);
    for (double& time : slower) time = machine.TimeNs(110);
    for (double& time : same) time = machine.TimeNs(100);
    for (double& time : usual) time = machine.TimeNs(100);
    if (TwoSidedP(slower, usual) < 0.05) ++found;
    if (TwoSidedP(same, usual) < 0.05) ++alarms;
  }
  RecordProperty("found_of_100", found);
  EXPECT_GE(found, 90);
  EXPECT_LE(alarms, 10);
}

// Times of a program that takes 100, one after the other.
std::vector<double> PileOfTimes(NoisyMachine& machine) {
  std::vector<double> times_ns(30);
  for (double& time_ns : times_ns) time_ns = machine.TimeNs(100);
  return times_ns;
}

// What it is not for: on a machine that slows down, who ran later loses.
TEST(Task6TwoSidedP, IsFooledByAMachineThatSlowsDown) {
  NoisyMachine machine({.jitter = 0.01, .outlier_share = 0, .drift = 0.003}, 1);
  const std::vector<double> earlier = PileOfTimes(machine);
  const std::vector<double> later = PileOfTimes(machine);
  EXPECT_LT(TwoSidedP(earlier, later), 0.001)
      << "equal programs, and the test is sure that they differ: take pairs";
}

}  // namespace
}  // namespace workbook
