// SPDX-License-Identifier: Apache-2.0

// A table that is tuned to one program, and what another one makes of it.
#ifndef WORKBOOK_01_03_TUNED_TABLES_H_
#define WORKBOOK_01_03_TUNED_TABLES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "exercises/01_03/given/size_count.h"
#include "tools/trace/trace.h"

namespace workbook {

// Plays a trace and returns the most bytes that its blocks had at one time,
// where each has the size of its class. What no class serves has whole pages of
// 8192 bytes; a request of 0 bytes is one of 1. A reallocation puts one block
// in the place of another, and the two never count together; TraceOp::kThread
// changes nothing. The alignment that an event asks for is left out of account.
// REQUIRES: classes rise.
// Cost: O(events log classes); one allocation of 8 bytes for each slot.
// Thread safety: any thread, for both functions.
// On failure: std::bad_alloc.
std::uint64_t PeakBytes(const Trace& trace,
                        std::span<const std::size_t> classes);

// Returns `tuned`, made safe for other programs: the classes of `fallback` that
// are larger than the last tuned one follow, and between two tuned classes of
// which one is more than `max_ratio` times the other, those of `fallback` that
// lie between are added. The same holds for 0 and the first tuned class: there
// all smaller classes of `fallback` are added.
// REQUIRES: both rise; max_ratio >= 1.
// Cost: O(tuned + fallback) time; one allocation or two.
// On failure: std::bad_alloc.
std::vector<std::size_t> WithFallback(std::span<const std::size_t> tuned,
                                      std::span<const std::size_t> fallback,
                                      double max_ratio);

}  // namespace workbook

#endif  // WORKBOOK_01_03_TUNED_TABLES_H_
