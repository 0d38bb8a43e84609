// SPDX-License-Identifier: Apache-2.0

#include "04_01/span_algorithms.h"

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

namespace workbook {

BufferResult Merge(std::span<const std::int32_t> left,
                   std::span<const std::int32_t> right,
                   std::span<std::int32_t> out) {
  const std::size_t needed = left.size() + right.size();
  if (needed <= out.size()) {
    std::merge(left.begin(), left.end(), right.begin(), right.end(),
               out.begin());
  }
  return FitsOrNeeds(needed, out.size());
}

// `top` is a heap with the smallest in front: what a newcomer must beat.
std::size_t TopK(std::span<const std::int32_t> values,
                 std::span<std::int32_t> top) {
  if (top.empty()) return 0;
  const std::size_t room = std::min(values.size(), top.size());
  const std::span<std::int32_t> heap = top.first(room);
  std::copy_n(values.begin(), room, heap.begin());
  std::make_heap(heap.begin(), heap.end(), std::greater<>());
  for (const std::int32_t value : values.subspan(room)) {
    if (value <= heap.front()) continue;
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    heap.back() = value;
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
  }
  std::sort_heap(heap.begin(), heap.end(), std::greater<>());
  return room;
}

BufferResult Histogram(std::span<const std::int32_t> values,
                       std::span<const std::int32_t> bounds,
                       std::span<std::uint32_t> counts) {
  const std::size_t needed = bounds.size() + 1;
  if (needed > counts.size()) return FitsOrNeeds(needed, counts.size());
  std::fill_n(counts.begin(), needed, 0u);
  for (const std::int32_t value : values) {
    const auto bin = std::upper_bound(bounds.begin(), bounds.end(), value);
    ++counts[static_cast<std::size_t>(bin - bounds.begin())];
  }
  return FitsOrNeeds(needed, counts.size());
}

}  // namespace workbook
