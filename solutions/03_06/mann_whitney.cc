// SPDX-License-Identifier: Apache-2.0

#include "03_06/mann_whitney.h"

#include <algorithm>
#include <vector>

namespace workbook {

double MannWhitneyU(std::span<const double> first,
                    std::span<const double> second) {
  double u = 0;
  for (const double a : first) {
    for (const double b : second) u += a > b ? 1 : a == b ? 0.5 : 0;
  }
  return u;
}

// ways[m][u]: in how many orders n values of the first sample and m of the
// second have this U. The largest value of all is one of the first sample, and
// then larger than all m, or one of the second, and then counts nothing:
// ways(n, m, u) = ways(n - 1, m, u - m) + ways(n, m - 1, u).
double ProbabilityOfU(std::size_t first_size, std::size_t second_size,
                      double u) {
  const std::size_t u_values = first_size * second_size + 1;
  std::vector<std::vector<double>> ways(second_size + 1,
                                        std::vector<double>(u_values));
  for (auto& row : ways) row[0] = 1;
  for (std::size_t n = 1; n <= first_size; ++n) {
    for (std::size_t m = 1; m <= second_size; ++m) {
      for (std::size_t value = u_values; value-- > 0;) {
        const double with_first = value >= m ? ways[m][value - m] : 0;
        ways[m][value] = with_first + ways[m - 1][value];
      }
    }
  }
  double all = 0;
  double reached = 0;
  for (std::size_t value = 0; value < u_values; ++value) {
    all += ways[second_size][value];
    if (static_cast<double>(value) <= u) reached += ways[second_size][value];
  }
  return reached / all;
}

double TwoSidedP(std::span<const double> first,
                 std::span<const double> second) {
  const double smaller =
      std::min(MannWhitneyU(first, second), MannWhitneyU(second, first));
  return std::min(1.0,
                  2 * ProbabilityOfU(first.size(), second.size(), smaller));
}

}  // namespace workbook
