// SPDX-License-Identifier: Apache-2.0

// Mann and Whitney's U: do two piles of times that are no pairs differ?
#ifndef WORKBOOK_03_06_MANN_WHITNEY_H_
#define WORKBOOK_03_06_MANN_WHITNEY_H_

#include <cstddef>
#include <span>

namespace workbook {

// Counts how often a time of `first` is larger than one of `second`, over all
// combinations; an equal pair counts one half.
// Cost: O(first * second) time, no allocation.
// Thread safety: a pure function, as all here.
// Source: Mann and Whitney, "On a test of whether one of two random variables
//   is stochastically larger than the other" (1947).
double MannWhitneyU(std::span<const double> first,
                    std::span<const double> second);

// Returns the probability that U of samples of these sizes is `u` or less when
// both come from the same distribution without ties: of all orders in which
// the two samples can lie, the share that has such a U.
// REQUIRES: first_size + second_size <= 60. A double counts the orders exactly
// for up to 56 values, and to fifteen digits for up to 60.
// Cost: O(first_size^2 * second_size^2) time.
double ProbabilityOfU(std::size_t first_size, std::size_t second_size,
                      double u);

// Returns the two-sided p-value: the probability of a U as far from the middle
// as that of these samples, to either side; at most 1. No ties.
// Cost: that of the two above.
double TwoSidedP(std::span<const double> first, std::span<const double> second);

}  // namespace workbook

#endif  // WORKBOOK_03_06_MANN_WHITNEY_H_
