// SPDX-License-Identifier: Apache-2.0

#include "03_06/mann_whitney.h"

#include <algorithm>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

double MannWhitneyU(std::span<const double> first,
                    std::span<const double> second) {
  Todo("03_06 task 6: MannWhitneyU");
}

// ways[m][u]: in how many orders n values of the first sample and m of the
// second have this U. The largest value of all is one of the first sample, and
// then larger than all m, or one of the second, and then counts nothing:
// ways(n, m, u) = ways(n - 1, m, u - m) + ways(n, m - 1, u).
double ProbabilityOfU(std::size_t first_size, std::size_t second_size,
                      double u) {
  Todo("03_06 task 6: ProbabilityOfU");
}

double TwoSidedP(std::span<const double> first,
                 std::span<const double> second) {
  Todo("03_06 task 6: TwoSidedP");
}

}  // namespace workbook
