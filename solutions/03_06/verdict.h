// SPDX-License-Identifier: Apache-2.0

// Whether one program is faster than another, or the noise is too large to
// tell.
#ifndef WORKBOOK_03_06_VERDICT_H_
#define WORKBOOK_03_06_VERDICT_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "03_06/four_liars.h"
#include "03_06/robust_statistics.h"

namespace workbook {

enum class Verdict {
  kFaster,    // the first program takes less time than the second
  kSlower,    // it takes more
  kTooNoisy,  // these pairs do not show which
};

// Fewer pairs get no verdict: a bootstrap of so few values is too narrow, and
// misses the truth far more often than 5 times in 100.
inline constexpr std::size_t kMinPairs = 9;

// Returns the median of first_ns / second_ns over the pairs and its 95 %
// interval: BootstrapInterval of the ratios' natural logarithms, with all three
// values raised back by exp. So 1/2 lies as far from 1 as 2 does, and the
// middle of these two is 1.
// REQUIRES: not empty; every time is above 0.
// Cost: BootstrapInterval's, and one allocation of 8 bytes a pair.
// Thread safety: a pure function, as all here.
Interval RatioInterval(std::span<const TimedPair> pairs, std::uint64_t seed);

// Judges the first program by RatioInterval: faster where the whole interval
// lies below 1, slower where it lies above 1, else too noisy to tell. Fewer
// than kMinPairs pairs are too noisy to tell.
// REQUIRES: every time is above 0.
// Cost: RatioInterval's.
Verdict Judge(std::span<const TimedPair> pairs, std::uint64_t seed);

}  // namespace workbook

#endif  // WORKBOOK_03_06_VERDICT_H_
