// SPDX-License-Identifier: Apache-2.0

#include "01_03/greedy_classes.h"

#include <algorithm>
#include <cstdint>

namespace workbook {

std::vector<std::size_t> GreedyClasses(std::span<const SizeCount> sizes,
                                       std::size_t max_classes) {
  // A class, and the blocks that it serves by now.
  std::vector<SizeCount> groups(sizes.begin(), sizes.end());
  while (groups.size() > max_classes) {
    const auto price = [&groups](std::size_t i) {
      return groups[i].count *
             (groups[i + 1].size_bytes - groups[i].size_bytes);
    };
    std::size_t cheapest = 0;
    for (std::size_t i = 1; i + 1 < groups.size(); ++i) {
      if (price(i) < price(cheapest)) cheapest = i;
    }
    groups[cheapest + 1].count += groups[cheapest].count;
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(cheapest));
  }
  std::vector<std::size_t> classes(groups.size());
  std::transform(groups.begin(), groups.end(), classes.begin(),
                 [](const SizeCount& group) { return group.size_bytes; });
  return classes;
}

}  // namespace workbook
