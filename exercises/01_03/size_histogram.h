// SPDX-License-Identifier: Apache-2.0

// Which sizes a program asks for, in memory that does not grow.
#ifndef WORKBOOK_01_03_SIZE_HISTOGRAM_H_
#define WORKBOOK_01_03_SIZE_HISTOGRAM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "exercises/01_03/given/size_count.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Counts requests by size, in steps of kStepBytes: a request counts as the next
// multiple of it, as each allocator of the course serves it.
// Cost: sizeof is 32 KiB and two words, whatever is recorded.
// Thread safety: one thread at a time for each object.
class SizeHistogram {
 public:
  // Counts a request. One of 0 bytes counts as one of kStepBytes, and one of
  // more than kLargestBytes is large: only its number is kept.
  // Cost: O(1); no allocation.
  void Record(std::size_t size_bytes);

  // Returns how many requests were recorded, large ones included.
  // Cost: O(1); no allocation.
  std::uint64_t requests() const {
    Todo("01_03 task 1: SizeHistogram::requests");
  }

  // Returns how many of them were large.
  // Cost: O(1); no allocation.
  std::uint64_t large_requests() const {
    Todo("01_03 task 1: SizeHistogram::large_requests");
  }

  // Returns the sizes that were asked for, in rising order, without the large
  // ones.
  // Cost: O(kLargestBytes / kStepBytes); one allocation, of 16 bytes for each
  // size, and none where there is no size.
  // On failure: std::bad_alloc.
  std::vector<SizeCount> Sizes() const;

 private:
  // Your data members.
};

}  // namespace workbook

#endif  // WORKBOOK_01_03_SIZE_HISTOGRAM_H_
