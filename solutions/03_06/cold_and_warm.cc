// SPDX-License-Identifier: Apache-2.0

#include "03_06/cold_and_warm.h"

namespace workbook {

std::vector<double> ColdTimesNs(const ColdWarmParts& parts,
                                std::size_t samples) {
  std::vector<double> times_ns(samples);
  for (double& time_ns : times_ns) {
    parts.evict();
    const double start_ns = parts.now_ns();
    parts.operation();
    time_ns = parts.now_ns() - start_ns;
  }
  return times_ns;
}

std::vector<double> WarmTimesNs(const ColdWarmParts& parts,
                                std::size_t samples) {
  std::vector<double> times_ns(samples);
  parts.operation();
  for (double& time_ns : times_ns) {
    const double start_ns = parts.now_ns();
    parts.operation();
    time_ns = parts.now_ns() - start_ns;
  }
  return times_ns;
}

}  // namespace workbook
