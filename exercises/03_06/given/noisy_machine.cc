// SPDX-License-Identifier: Apache-2.0

#include "exercises/03_06/given/noisy_machine.h"

#include <cmath>
#include <numbers>

namespace workbook {

double NoisyMachine::TimeNs(double true_ns) {
  double time = true_ns * slowdown_ * std::exp(noise_.jitter * Normal());
  if (random_.Unit() < noise_.outlier_share) {
    time *= 1 + noise_.outlier_cost * random_.Unit();
  }
  slowdown_ *= 1 + noise_.drift;
  return time;
}

// Source: Box and Muller, "A note on the generation of random normal deviates"
// (1958). 1 - Unit() is never zero.
double NoisyMachine::Normal() {
  const double radius = std::sqrt(-2 * std::log(1 - random_.Unit()));
  return radius * std::cos(2 * std::numbers::pi * random_.Unit());
}

}  // namespace workbook
