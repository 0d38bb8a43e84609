// SPDX-License-Identifier: Apache-2.0

#include "01_03/optimal_classes.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace workbook {

std::vector<std::size_t> OptimalClasses(const GroupCost& cost,
                                        std::size_t max_classes) {
  const std::size_t n = cost.size();
  const std::size_t k = std::min(max_classes, n);
  if (k == 0) return {};
  // best[i]: the least waste of the first i sizes in c groups; begins[c][i]:
  // where the last of c + 1 groups begins then. One group has no choice.
  std::vector<std::uint64_t> best(n + 1);
  std::vector<std::vector<std::size_t>> begins(k,
                                               std::vector<std::size_t>(n + 1));
  for (std::size_t i = 1; i <= n; ++i) best[i] = cost(0, i - 1);
  for (std::size_t c = 1; c < k; ++c) {
    // From the right, so that best[begin] is still that of c groups.
    for (std::size_t i = n; i > c; --i) {
      best[i] = std::numeric_limits<std::uint64_t>::max();
      for (std::size_t begin = c; begin < i; ++begin) {
        const std::uint64_t waste = best[begin] + cost(begin, i - 1);
        if (waste >= best[i]) continue;
        best[i] = waste;
        begins[c][i] = begin;
      }
    }
  }
  std::vector<std::size_t> classes(k);
  for (std::size_t c = k, i = n; c > 0; --c) {
    classes[c - 1] = cost.SizeBytes(i - 1);
    i = begins[c - 1][i];
  }
  return classes;
}

}  // namespace workbook
