// SPDX-License-Identifier: Apache-2.0

// Exact counts of what a piece of code allocates.
//
// Link //tools/probe and every allocation of the process is seen: malloc and
// its family, and operator new, which calls malloc. The calls go on to the next
// allocator in line (glibc, or one that is preloaded). In a sanitizer build the
// sanitizer's own malloc stays, and its hooks report to the same counters.
//
// Nothing is counted while no scope is open: a call then costs one load and one
// branch more (tools/probe:overhead prints it).
#ifndef WORKBOOK_TOOLS_PROBE_PROBE_H_
#define WORKBOOK_TOOLS_PROBE_PROBE_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

// What happened between the opening of a scope and now. Bytes are those that
// were asked for, not what the allocator rounded them to, so the numbers are
// the same on every allocator and under every sanitizer. A realloc is one free
// and one allocation; only a sanitizer's realloc has both blocks alive for a
// moment, so that peak_live_bytes may be larger there.
struct AllocationCounts {
  std::int64_t allocations = 0;
  std::int64_t frees = 0;
  std::int64_t bytes_allocated = 0;
  // Bytes allocated less bytes freed. A block that is older than the scope
  // counts as a free of 0 bytes.
  std::int64_t live_bytes = 0;
  // The most that live_bytes has been.
  std::int64_t peak_live_bytes = 0;
};

enum class ProbeExtent {
  kThread,   // only calls made on the thread that opened the scope
  kProcess,  // calls of every thread
};

// Counts from construction on. Scopes may nest and overlap; each counts alone.
// Cost: no allocation on the heap that is probed.
// Thread safety: a scope belongs to the thread that made it; Counts() of a
// kProcess scope is exact when the other threads are joined or idle.
class AllocationScope {
 public:
  explicit AllocationScope(ProbeExtent extent = ProbeExtent::kThread);
  ~AllocationScope();
  AllocationScope(const AllocationScope&) = delete;
  AllocationScope& operator=(const AllocationScope&) = delete;

  AllocationCounts Counts() const;

 private:
  friend struct ProbeState;

  const ProbeExtent extent_;
  const std::uint64_t thread_id_;
  std::uint64_t scopes_before_ = 0;  // how many were opened up to this one
  AllocationCounts counts_;
  AllocationScope* next_ = nullptr;
};

// For an allocator whose calls the probe does not see, such as one opened with
// dlopen and called through pointers: counts a block as if malloc had made it.
// A null `block` counts nothing.
// Cost and thread safety: those of an allocation that the probe sees itself.
void CountAllocation(const void* block, std::size_t size_bytes);
void CountFree(const void* block);

// Whether malloc is a sanitizer's, whose hooks report to the probe.
bool ProbeUsesSanitizerHooks();

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBE_PROBE_H_
