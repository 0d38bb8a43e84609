// SPDX-License-Identifier: Apache-2.0

#include "03_01/retention.h"

#include <unordered_map>
#include <unordered_set>

namespace workbook {

Retention MeasureRetention(std::span<const Slice> slices) {
  Retention retention;
  std::unordered_set<const void*> blocks;
  for (const Slice& slice : slices) {
    retention.viewed_bytes += slice.text().size();
    if (blocks.insert(slice.block()).second) {
      retention.held_bytes += slice.block_bytes();
    }
  }
  return retention;
}

void ReleaseWastedBlocks(std::span<Slice> slices, std::size_t max_ratio) {
  std::unordered_map<const void*, std::size_t> viewed_bytes;
  for (const Slice& slice : slices) {
    viewed_bytes[slice.block()] += slice.text().size();
  }
  for (Slice& slice : slices) {
    if (slice.block_bytes() > max_ratio * viewed_bytes.at(slice.block())) {
      slice = Slice::CopyOf(slice.text());
    }
  }
}

}  // namespace workbook
