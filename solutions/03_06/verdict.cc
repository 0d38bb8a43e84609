// SPDX-License-Identifier: Apache-2.0

#include "03_06/verdict.h"

#include <cmath>
#include <vector>

namespace workbook {

Interval RatioInterval(std::span<const TimedPair> pairs, std::uint64_t seed) {
  std::vector<double> log_ratios;
  log_ratios.reserve(pairs.size());
  for (const TimedPair& pair : pairs) {
    log_ratios.push_back(std::log(pair.first_ns / pair.second_ns));
  }
  const Interval logs = BootstrapInterval(log_ratios, seed);
  return {std::exp(logs.low), std::exp(logs.middle), std::exp(logs.high)};
}

Verdict Judge(std::span<const TimedPair> pairs, std::uint64_t seed) {
  if (pairs.size() < kMinPairs) return Verdict::kTooNoisy;
  const Interval ratio = RatioInterval(pairs, seed);
  if (ratio.high < 1) return Verdict::kFaster;
  if (ratio.low > 1) return Verdict::kSlower;
  return Verdict::kTooNoisy;
}

}  // namespace workbook
