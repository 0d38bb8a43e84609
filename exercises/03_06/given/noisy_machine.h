// SPDX-License-Identifier: Apache-2.0

// A machine that is played: its times are drawn, so a test knows the truth.
#ifndef WORKBOOK_EXERCISES_03_06_GIVEN_NOISY_MACHINE_H_
#define WORKBOOK_EXERCISES_03_06_GIVEN_NOISY_MACHINE_H_

#include <cstdint>

#include "exercises/03_06/given/random.h"

namespace workbook {

// How far a measured time lies from the true one.
struct Noise {
  double jitter = 0.05;         // standard deviation of the time's logarithm
  double outlier_share = 0.10;  // times that an interruption makes longer ...
  double outlier_cost = 1.0;    // ... by up to this: 1.0 is twice as long
  double drift = 0;             // by how much each time slows the next one
};

// Three machines: left alone, with a browser open, and one that is shared.
inline constexpr Noise kQuiet = {.jitter = 0.01, .outlier_share = 0};
inline constexpr Noise kBusy = {};
inline constexpr Noise kShared = {.jitter = 0.4, .outlier_share = 0.2};

// Gives times as a real machine would: log-normal, since they cannot fall below
// zero and are more often far too long than far too short, with outliers.
// Thread safety: one thread at a time for each object.
class NoisyMachine {
 public:
  NoisyMachine(const Noise& noise, std::uint64_t seed)
      : noise_(noise), random_(seed) {}

  // Returns what the clock shows for a program that truly takes `true_ns`.
  // Cost: O(1), no allocation.
  double TimeNs(double true_ns);

 private:
  double Normal();

  const Noise noise_;
  SplitMix random_;
  double slowdown_ = 1;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_GIVEN_NOISY_MACHINE_H_
