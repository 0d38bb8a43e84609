// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/results.h"

namespace workbook {

std::vector<double> NsPerOperation(const RowResult& result) {
  std::vector<double> times;
  times.reserve(result.repetitions.size());
  for (const Repetition& repetition : result.repetitions) {
    times.push_back(repetition.ns_per_operation);
  }
  return times;
}

}  // namespace workbook
