// SPDX-License-Identifier: Apache-2.0

// operator new and delete over the replaced malloc. The C++ library's own would
// do, but a preloaded allocator brings its own as well, and those call no
// malloc that the probe could see.
#include "tools/probe/probe_state.h"
#include "tools/probe/sanitizer.h"

#if !WORKBOOK_SANITIZER_MALLOC

#include <cstddef>
#include <new>

#include "tools/probe/next_allocator.h"

namespace workbook {
namespace {

inline void* Allocate(std::size_t size_bytes) {
  if (!ProbeNeedsAttention()) [[likely]]
    return next.Malloc(size_bytes);
  return AttentiveMalloc(size_bytes);
}

inline void Free(void* block) {
  if (!ProbeNeedsAttention()) [[likely]] {
    next.Free(block);
  } else {
    AttentiveFree(block);
  }
}

inline void* AllocateAligned(std::size_t size_bytes,
                             std::align_val_t alignment) {
  return AttentiveMemalign(static_cast<std::size_t>(alignment), size_bytes);
}

}  // namespace
}  // namespace workbook

#include "tools/probe/operator_new.h"

#endif  // !WORKBOOK_SANITIZER_MALLOC
