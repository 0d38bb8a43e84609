// SPDX-License-Identifier: Apache-2.0

#include "01_02/unrolled_pool.h"

namespace workbook {

std::size_t UnrolledFreeList::Count() const {
  std::size_t blocks = 0;
  std::size_t entries_of_this = entry_count_;
  for (std::byte** entries = entries_; entries != nullptr;
       entries = reinterpret_cast<std::byte**>(entries[-1])) {
    blocks += 1 + entries_of_this;
    entries_of_this = entries_per_block_;
  }
  return blocks;
}

}  // namespace workbook
