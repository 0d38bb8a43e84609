// SPDX-License-Identifier: Apache-2.0

// What a table of size classes wastes on a histogram.
#ifndef WORKBOOK_01_03_WASTE_REPORT_H_
#define WORKBOOK_01_03_WASTE_REPORT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "exercises/01_03/given/size_count.h"

namespace workbook {

struct ClassUse {
  std::size_t size_bytes = 0;
  std::uint64_t blocks = 0;
  std::uint64_t waste_bytes = 0;  // of its blocks, beyond what was asked for

  bool operator==(const ClassUse&) const = default;
};

// What is larger than the last class is unserved, and counts nowhere else.
struct WasteReport {
  std::vector<ClassUse> classes;      // one for each class of the table
  std::uint64_t blocks = 0;           // of all classes
  std::uint64_t requested_bytes = 0;  // what was asked for in these blocks
  std::uint64_t waste_bytes = 0;      // of these blocks
  std::size_t classes_used = 0;       // that have a block
  std::uint64_t unserved = 0;         // requests, not bytes
};

// Reports what each class of a table does for the sizes of a program: a size is
// served by the smallest class that is not smaller.
// REQUIRES: classes and sizes rise.
// Cost: O(classes + sizes); one allocation.
// Thread safety: any thread, for both functions.
// On failure: std::bad_alloc.
WasteReport ReportWaste(std::span<const std::size_t> classes,
                        std::span<const SizeCount> sizes);

// Returns the part of the blocks' bytes that is wasted, in per cent and not
// rounded; 0 where there is no block.
// Cost: O(1).
double WastePercent(const WasteReport& report);

}  // namespace workbook

#endif  // WORKBOOK_01_03_WASTE_REPORT_H_
