// SPDX-License-Identifier: Apache-2.0

// The larger blocks of a trace as requests for buffers, in order.
#ifndef WORKBOOK_TOOLS_TRACE_REQUEST_LIST_H_
#define WORKBOOK_TOOLS_TRACE_REQUEST_LIST_H_

#include <cstdint>
#include <string>

#include "tools/trace/trace.h"

namespace workbook {

// Returns the blocks of at least `min_bytes` as CSV with the header
// buffer,size_bytes: a line for each request, and a line with the size 0 where
// the buffer comes back. A buffer has the lowest number that is free. A realloc
// requests the new buffer before the old one comes back, because the bytes are
// copied in between. What is smaller is left out.
// Cost: O(events log buffers).
// Thread safety: any thread.
std::string RequestsCsv(const Trace& trace, std::uint64_t min_bytes);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_TRACE_REQUEST_LIST_H_
