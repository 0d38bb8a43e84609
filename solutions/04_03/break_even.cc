// SPDX-License-Identifier: Apache-2.0

#include "04_03/break_even.h"

namespace workbook {

std::optional<double> BreakEvenHitRate(const UseTimes& times) {
  if (times.hit_ns > times.plain_ns) return std::nullopt;
  if (times.miss_ns <= times.plain_ns) return 0.0;
  return (times.miss_ns - times.plain_ns) / (times.miss_ns - times.hit_ns);
}

}  // namespace workbook
