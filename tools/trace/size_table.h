// SPDX-License-Identifier: Apache-2.0

// How often a trace asks for each size.
#ifndef WORKBOOK_TOOLS_TRACE_SIZE_TABLE_H_
#define WORKBOOK_TOOLS_TRACE_SIZE_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tools/trace/trace.h"

namespace workbook {

struct SizeRow {
  std::uint64_t size_bytes = 0;
  std::uint64_t allocations = 0;  // a realloc is one of its new size
  std::uint64_t at_peak = 0;      // alive when most bytes were
};

// Counts the sizes of a trace, the smallest first. The peak is the first moment
// at which the blocks together are largest.
// Cost: O(events + sizes log sizes).
// Thread safety: any thread, for both functions.
std::vector<SizeRow> SizesOf(const Trace& trace);

// Returns the rows as CSV, with the header size_bytes,allocations,at_peak.
std::string ToCsv(const std::vector<SizeRow>& rows);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_TRACE_SIZE_TABLE_H_
