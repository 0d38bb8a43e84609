// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_03/given/group_cost.h"

namespace workbook {

GroupCost::GroupCost(std::span<const SizeCount> sizes)
    : sizes_(sizes), counts_(sizes.size() + 1), bytes_(sizes.size() + 1) {
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    counts_[i + 1] = counts_[i] + sizes[i].count;
    bytes_[i + 1] = bytes_[i] + sizes[i].count * sizes[i].size_bytes;
  }
}

}  // namespace workbook
