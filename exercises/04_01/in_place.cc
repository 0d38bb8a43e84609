// SPDX-License-Identifier: Apache-2.0

#include "04_01/in_place.h"

#include <algorithm>
#include <set>
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

BufferResult Transform(std::span<const std::int32_t> values, IntMap map,
                       std::span<std::int32_t> out) {
  Ints mapped;
  for (const std::int32_t value : values) mapped.push_back(map(value));
  return Give(mapped, out);
}

BufferResult Filter(std::span<const std::int32_t> values, IntPredicate keep,
                    std::span<std::int32_t> out) {
  Ints kept;
  for (const std::int32_t value : values) {
    if (keep(value)) kept.push_back(value);
  }
  return Give(kept, out);
}

std::size_t Dedupe(std::span<std::int32_t> values) {
  const std::set<std::int32_t> distinct(values.begin(), values.end());
  std::copy(distinct.begin(), distinct.end(), values.begin());
  return distinct.size();
}

}  // namespace workbook
