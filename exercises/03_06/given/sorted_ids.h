// SPDX-License-Identifier: Apache-2.0

// What the four benchmarks of task 1 measure: a look-up among sorted ids.
#ifndef WORKBOOK_EXERCISES_03_06_GIVEN_SORTED_IDS_H_
#define WORKBOOK_EXERCISES_03_06_GIVEN_SORTED_IDS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "exercises/03_06/given/random.h"

namespace workbook {

using Id = std::uint32_t;

// Ids in ascending order, in one block of memory.
// Thread safety: any thread may look; nothing changes.
class SortedIds {
 public:
  // Copies and sorts the ids.
  // Cost: O(n log n); one allocation of 4 bytes an id.
  explicit SortedIds(std::span<const Id> ids) : ids_(ids.begin(), ids.end()) {
    std::sort(ids_.begin(), ids_.end());
  }

  // Returns the position of the first id that is not below `id`.
  // Cost: O(log n); no allocation.
  std::size_t PositionOf(Id id) const {
    const auto found = std::lower_bound(ids_.begin(), ids_.end(), id);
    return static_cast<std::size_t>(found - ids_.begin());
  }

 private:
  std::vector<Id> ids_;
};

// Returns a copy of the ids in a random order, always the same for a seed.
// Cost: O(n); one allocation of 4 bytes an id.
inline std::vector<Id> Shuffled(std::span<const Id> ids, std::uint64_t seed) {
  std::vector<Id> shuffled(ids.begin(), ids.end());
  SplitMix random(seed);
  for (std::size_t left = shuffled.size(); left > 1; --left) {
    std::swap(shuffled[left - 1], shuffled[random.Below(left)]);
  }
  return shuffled;
}

// Returns `count` different ids without a pattern, in a random order.
inline std::vector<Id> SomeIds(std::size_t count, std::uint64_t seed) {
  SplitMix random(seed);
  std::vector<Id> ids(count);
  Id last = 0;
  for (Id& id : ids) id = last += static_cast<Id>(1 + random.Below(1000));
  return Shuffled(ids, seed + 1);
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_GIVEN_SORTED_IDS_H_
