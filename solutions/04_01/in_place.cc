// SPDX-License-Identifier: Apache-2.0

#include "04_01/in_place.h"

#include <algorithm>
#include <set>
#include <vector>

namespace workbook {

BufferResult Transform(std::span<const std::int32_t> values, IntMap map,
                       std::span<std::int32_t> out) {
  if (values.size() <= out.size()) {
    std::transform(values.begin(), values.end(), out.begin(), map);
  }
  return FitsOrNeeds(values.size(), out.size());
}

BufferResult Filter(std::span<const std::int32_t> values, IntPredicate keep,
                    std::span<std::int32_t> out) {
  std::size_t kept = 0;
  for (const std::int32_t value : values) {
    if (!keep(value)) continue;
    if (kept < out.size()) out[kept] = value;
    ++kept;
  }
  return FitsOrNeeds(kept, out.size());
}

std::size_t Dedupe(std::span<std::int32_t> values) {
  std::sort(values.begin(), values.end());
  return static_cast<std::size_t>(std::unique(values.begin(), values.end()) -
                                  values.begin());
}

}  // namespace workbook
