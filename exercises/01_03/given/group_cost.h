// SPDX-License-Identifier: Apache-2.0

// What it wastes to serve neighbouring sizes by one class.
#ifndef WORKBOOK_EXERCISES_01_03_GIVEN_GROUP_COST_H_
#define WORKBOOK_EXERCISES_01_03_GIVEN_GROUP_COST_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "exercises/01_03/given/size_count.h"

namespace workbook {

// The waste of each group of neighbouring sizes, in constant time.
// Thread safety: one thread at a time for each object, since it counts.
class GroupCost {
 public:
  // Prepares the sums of the first i counts and bytes.
  // REQUIRES: sizes rise.
  // Cost: O(n); two allocations.
  // On failure: std::bad_alloc.
  explicit GroupCost(std::span<const SizeCount> sizes);

  // Returns how many bytes are wasted when one class serves sizes[begin] to
  // sizes[last]: each block gets sizes[last].size_bytes.
  // REQUIRES: begin <= last < size().
  // Cost: O(1); a call is counted.
  std::uint64_t operator()(std::size_t begin, std::size_t last) const {
    ++calls_;
    const std::uint64_t blocks = counts_[last + 1] - counts_[begin];
    return blocks * sizes_[last].size_bytes -
           (bytes_[last + 1] - bytes_[begin]);
  }

  // Returns the number of sizes, one of them in bytes, and the calls so far.
  // Cost: O(1).
  std::size_t size() const { return sizes_.size(); }
  std::size_t SizeBytes(std::size_t i) const { return sizes_[i].size_bytes; }
  std::uint64_t calls() const { return calls_; }

 private:
  std::span<const SizeCount> sizes_;
  std::vector<std::uint64_t> counts_;
  std::vector<std::uint64_t> bytes_;
  mutable std::uint64_t calls_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_03_GIVEN_GROUP_COST_H_
