// SPDX-License-Identifier: Apache-2.0

// Where the probe's two sources, the replaced malloc and the sanitizers' hooks,
// report what they see.
#ifndef WORKBOOK_TOOLS_PROBE_PROBE_STATE_H_
#define WORKBOOK_TOOLS_PROBE_PROBE_STATE_H_

#include <atomic>
#include <cstddef>

#include "tools/probe/block_table.h"

namespace workbook {

// The number of open scopes, and from bit 24 on reasons why a call of malloc or
// free may not go straight to the next allocator.
inline constinit std::atomic<unsigned> probe_attention{0};
inline constexpr unsigned kBootstrapMemoryInUse = 1u << 24;

// Cost: one relaxed load.
inline bool ProbeNeedsAttention() {
  return probe_attention.load(std::memory_order_relaxed) != 0;
}

// Whether anything has to be recorded. Cost: one relaxed load.
inline bool ProbeIsOpen() {
  return probe_attention.load(std::memory_order_relaxed) %
             kBootstrapMemoryInUse !=
         0;
}

// REQUIRES: `block` is not null. Cost: a spin lock and a table operation; never
// a call of malloc. Safe inside malloc and free.
void RecordAllocation(const void* block, std::size_t size_bytes);
void RecordFree(const void* block);

// A free in two steps, for realloc: forgetting returns what RememberBlock takes
// back, or RecordFreeOfForgotten counts.
BlockRecord ForgetBlock(const void* block);
void RememberBlock(const void* block, const BlockRecord& record);
void RecordFreeOfForgotten(const BlockRecord& record);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBE_PROBE_STATE_H_
