// SPDX-License-Identifier: Apache-2.0

// Allocation traces: what a real program asked of malloc, in order.
//
// A packed trace is gzip of LEB128 numbers, one event after the other:
//   4 * size + 0        an allocation; its slot is the lowest that is free
//   4 * slot + 1        a free of what is in the slot
//   4 * slot + 2, size  a realloc; the slot stays
//   8 * thread + 3      the events that follow are of this thread
//   8 * power + 7       the allocation that follows is aligned to 2 ^ power
#ifndef WORKBOOK_TOOLS_TRACE_TRACE_H_
#define WORKBOOK_TOOLS_TRACE_TRACE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

enum class TraceOp : std::uint8_t { kAllocate, kFree, kReallocate, kThread };

struct TraceEvent {
  TraceOp op = TraceOp::kAllocate;
  std::uint8_t alignment_power = 0;  // 0: malloc, else an aligned allocation
  std::uint32_t slot = 0;            // of kThread: the thread
  std::uint64_t bytes = 0;           // of kAllocate and kReallocate
};

// One record of the recorder's file, as it is in memory.
struct RawEvent {
  std::uint64_t block;  // what malloc returned, or what is freed
  std::uint64_t old;    // of a realloc: the block before; 0: none
  std::uint32_t bytes;
  std::uint16_t thread;
  std::uint8_t op;               // TraceOp
  std::uint8_t alignment_power;  // as in TraceEvent
};
static_assert(sizeof(RawEvent) == 24);

struct Trace {
  std::vector<TraceEvent> events;
  std::uint32_t slots = 0;
  std::string problem;  // not empty: what is wrong with the file, and the fix
};

// Gives addresses slots. Frees of blocks that the record does not know (from
// before it began) are left out.
Trace FromRaw(const std::vector<RawEvent>& raw);

// Reads and writes packed traces. On failure: a problem that names the file;
// WriteTrace leaves no half file behind.
Trace ReadTrace(const std::string& path);
// The same from memory; `name` stands for the file in a problem.
Trace ReadPackedTrace(std::string_view packed, const std::string& name);
// The same of what gunzip makes of a packed trace. It allocates by operator new
// only, zlib by malloc.
Trace ReadUnpackedTrace(std::string_view unpacked, const std::string& name);
std::optional<std::string> WriteTrace(const Trace& trace,
                                      const std::string& path);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_TRACE_TRACE_H_
