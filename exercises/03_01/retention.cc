// SPDX-License-Identifier: Apache-2.0

#include "03_01/retention.h"

#include <unordered_map>
#include <unordered_set>

#include "tools/exercise/todo.h"

namespace workbook {

Retention MeasureRetention(std::span<const Slice> slices) {
  Todo("03_01 task 4: MeasureRetention");
}

void ReleaseWastedBlocks(std::span<Slice> slices, std::size_t max_ratio) {
  Todo("03_01 task 4: ReleaseWastedBlocks");
}

}  // namespace workbook
