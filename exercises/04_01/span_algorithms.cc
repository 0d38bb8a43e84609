// SPDX-License-Identifier: Apache-2.0

#include "04_01/span_algorithms.h"

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

namespace workbook {
namespace {

using Ints = std::vector<std::int32_t>;

BufferResult Give(const Ints& made, std::span<std::int32_t> out) {
  if (made.size() <= out.size()) {
    std::copy(made.begin(), made.end(), out.begin());
  }
  return FitsOrNeeds(made.size(), out.size());
}

}  // namespace

BufferResult Merge(std::span<const std::int32_t> left,
                   std::span<const std::int32_t> right,
                   std::span<std::int32_t> out) {
  Ints all(left.begin(), left.end());
  for (const std::int32_t value : right) all.push_back(value);
  std::stable_sort(all.begin(), all.end());
  return Give(all, out);
}

std::size_t TopK(std::span<const std::int32_t> values,
                 std::span<std::int32_t> top) {
  Ints sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  sorted.resize(std::min(sorted.size(), top.size()));
  return Give(sorted, top).size;
}

BufferResult Histogram(std::span<const std::int32_t> values,
                       std::span<const std::int32_t> bounds,
                       std::span<std::uint32_t> counts) {
  std::map<std::size_t, std::uint32_t> bins;
  for (const std::int32_t value : values) {
    std::size_t bin = 0;
    while (bin < bounds.size() && value >= bounds[bin]) ++bin;
    ++bins[bin];
  }
  const std::size_t needed = bounds.size() + 1;
  if (counts.size() >= needed) {
    for (std::size_t bin = 0; bin < needed; ++bin) counts[bin] = bins[bin];
  }
  return FitsOrNeeds(needed, counts.size());
}

}  // namespace workbook
