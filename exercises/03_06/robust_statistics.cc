// SPDX-License-Identifier: Apache-2.0

#include "03_06/robust_statistics.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

double Median(std::span<double> values) { Todo("03_06 task 2: Median"); }

double MedianAbsoluteDeviation(std::span<const double> values) {
  Todo("03_06 task 2: MedianAbsoluteDeviation");
}

Interval BootstrapInterval(std::span<const double> values, std::uint64_t seed) {
  Todo("03_06 task 2: BootstrapInterval");
}

}  // namespace workbook
