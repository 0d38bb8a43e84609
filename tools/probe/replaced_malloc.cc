// SPDX-License-Identifier: Apache-2.0

// The malloc family, defined in the executable: the dynamic linker then sends
// every library's calls here, and from here they go on to the next definition
// (RTLD_NEXT): a preloaded allocator where there is one, else the C library.
#include "tools/probe/probe.h"
#include "tools/probe/probe_state.h"
#include "tools/probe/sanitizer.h"

#if !WORKBOOK_SANITIZER_MALLOC

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "tools/probe/next_allocator.h"

namespace workbook {

bool ProbeUsesSanitizerHooks() { return false; }

namespace {

// dlsym may allocate while the next allocator is being looked up. It is served
// from here, and such a block is never given back.
class BootstrapMemory {
 public:
  void* Allocate(std::size_t size_bytes, std::size_t alignment = 16) {
    // From here on every free has to ask whose its block is.
    probe_attention.fetch_or(kBootstrapMemoryInUse);
    const std::size_t slack = alignment + 15;
    const std::size_t offset = used_.fetch_add(size_bytes + slack);
    if (size_bytes > sizeof(bytes_) || slack > sizeof(bytes_) ||
        offset + size_bytes + slack > sizeof(bytes_)) {
      static constexpr char kMessage[] =
          "tools/probe: out of bootstrap memory before main\n";
      [[maybe_unused]] const auto written =
          write(STDERR_FILENO, kMessage, sizeof(kMessage) - 1);
      _exit(70);
    }
    const auto start = reinterpret_cast<std::uintptr_t>(bytes_ + offset);
    const std::uintptr_t mask = std::max(alignment, std::size_t{16}) - 1;
    return bytes_ + offset + (((start + mask) & ~mask) - start);
  }
  bool Holds(const void* block) const {
    return block >= bytes_ && block < bytes_ + sizeof(bytes_);
  }
  // How many bytes may be read from `block` on, at least its own.
  std::size_t BytesFrom(const void* block) const {
    return static_cast<std::size_t>(bytes_ + sizeof(bytes_) -
                                    static_cast<const unsigned char*>(block));
  }

 private:
  alignas(16) unsigned char bytes_[16384] = {};
  std::atomic<std::size_t> used_{0};
};

constinit BootstrapMemory bootstrap;
thread_local constinit bool looking_up = false;

template <typename Function>
void LookUp(std::atomic<Function>& function, const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  if (found == nullptr) {
    static constexpr char kMessage[] =
        "tools/probe: no allocator behind the probe: is the executable "
        "linked statically?\n";
    [[maybe_unused]] const auto written =
        write(STDERR_FILENO, kMessage, sizeof(kMessage) - 1);
    _exit(70);
  }
  function.store(reinterpret_cast<Function>(found), std::memory_order_relaxed);
}

// Returns false while this thread is inside the look-up itself. Two threads may
// look up at once: they store the same values.
bool LookUpNext() {
  if (looking_up) return false;
  looking_up = true;
  LookUp(next.malloc, "malloc");
  LookUp(next.calloc, "calloc");
  LookUp(next.realloc, "realloc");
  LookUp(next.memalign, "memalign");
  LookUp(next.free, "free");
  looking_up = false;
  return true;
}

// What `next` holds until it is looked up.
void* FirstMalloc(std::size_t size_bytes) {
  if (!LookUpNext()) return bootstrap.Allocate(size_bytes);
  return next.Malloc(size_bytes);
}

void* FirstCalloc(std::size_t count, std::size_t element_bytes) {
  if (LookUpNext()) return next.Calloc(count, element_bytes);
  std::size_t size_bytes = 0;
  if (__builtin_mul_overflow(count, element_bytes, &size_bytes)) return nullptr;
  return bootstrap.Allocate(size_bytes);
}

void* FirstRealloc(void* block, std::size_t size_bytes) {
  if (LookUpNext()) return next.Realloc(block, size_bytes);
  return block == nullptr ? bootstrap.Allocate(size_bytes) : nullptr;
}

void* FirstMemalign(std::size_t alignment, std::size_t size_bytes) {
  if (LookUpNext()) return next.Memalign(alignment, size_bytes);
  return bootstrap.Allocate(size_bytes, alignment);
}

void FirstFree(void* block) {
  if (block != nullptr && LookUpNext()) next.Free(block);
}

void* Recorded(void* block, std::size_t size_bytes) {
  if (ProbeIsOpen() && block != nullptr) RecordAllocation(block, size_bytes);
  return block;
}

// The size of a block from bootstrap memory is unknown: the copy may read past
// it, but not past the bootstrap memory's end.
void* MoveOutOfBootstrap(const void* block, std::size_t size_bytes) {
  void* const moved = AttentiveMalloc(size_bytes);
  if (moved != nullptr) {
    std::memcpy(moved, block, std::min(size_bytes, bootstrap.BytesFrom(block)));
  }
  return moved;
}

}  // namespace

constinit NextAllocator next{FirstMalloc, FirstCalloc, FirstRealloc,
                             FirstMemalign, FirstFree};

void* AttentiveMalloc(std::size_t size_bytes) {
  return Recorded(next.Malloc(size_bytes), size_bytes);
}

void* AttentiveMemalign(std::size_t alignment, std::size_t size_bytes) {
  return Recorded(next.Memalign(alignment, size_bytes), size_bytes);
}

void AttentiveFree(void* block) {
  if (block == nullptr || bootstrap.Holds(block)) return;
  if (ProbeIsOpen()) RecordFree(block);
  next.Free(block);
}

namespace {

// The block is forgotten before the call and remembered after it: in between
// another thread may be given the old address. A call that fails leaves the
// block as it was, and so do the counts.
void* AttentiveRealloc(void* block, std::size_t size_bytes) {
  if (block == nullptr) return AttentiveMalloc(size_bytes);
  if (bootstrap.Holds(block)) return MoveOutOfBootstrap(block, size_bytes);
  if (!ProbeIsOpen()) return next.Realloc(block, size_bytes);
  const BlockRecord old = ForgetBlock(block);
  void* const moved = next.Realloc(block, size_bytes);
  if (moved == nullptr && size_bytes != 0) {
    RememberBlock(block, old);
    return nullptr;
  }
  RecordFreeOfForgotten(old);
  if (moved != nullptr) RecordAllocation(moved, size_bytes);
  return moved;
}

std::size_t PageBytes() { return static_cast<std::size_t>(getpagesize()); }

}  // namespace
}  // namespace workbook

using workbook::next;
using workbook::ProbeNeedsAttention;

// The paths without attention end in a jump to the next allocator: what they
// add is a load, a branch and that jump (tools/probe:overhead measures it).
extern "C" {

void* malloc(std::size_t size_bytes) {
  if (!ProbeNeedsAttention()) [[likely]]
    return next.Malloc(size_bytes);
  return workbook::AttentiveMalloc(size_bytes);
}

void* calloc(std::size_t count, std::size_t element_bytes) {
  if (!ProbeNeedsAttention()) [[likely]] {
    return next.Calloc(count, element_bytes);
  }
  // Where the product overflows, calloc fails and nothing is recorded.
  return workbook::Recorded(next.Calloc(count, element_bytes),
                            count * element_bytes);
}

void* realloc(void* block, std::size_t size_bytes) {
  if (!ProbeNeedsAttention()) [[likely]] {
    return next.Realloc(block, size_bytes);
  }
  return workbook::AttentiveRealloc(block, size_bytes);
}

void* reallocarray(void* block, std::size_t count, std::size_t element_bytes) {
  std::size_t size_bytes = 0;
  if (__builtin_mul_overflow(count, element_bytes, &size_bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return realloc(block, size_bytes);
}

void free(void* block) {
  if (!ProbeNeedsAttention()) [[likely]] {
    next.Free(block);
  } else {
    workbook::AttentiveFree(block);
  }
}

void* memalign(std::size_t alignment, std::size_t size_bytes) {
  return workbook::AttentiveMemalign(alignment, size_bytes);
}

void* aligned_alloc(std::size_t alignment, std::size_t size_bytes) {
  return workbook::AttentiveMemalign(alignment, size_bytes);
}

int posix_memalign(void** block, std::size_t alignment,
                   std::size_t size_bytes) {
  const bool power_of_two = (alignment & (alignment - 1)) == 0;
  if (!power_of_two || alignment < sizeof(void*)) return EINVAL;
  const int saved_errno = errno;
  void* const result = workbook::AttentiveMemalign(alignment, size_bytes);
  errno = saved_errno;
  if (result == nullptr) return ENOMEM;
  *block = result;
  return 0;
}

void* valloc(std::size_t size_bytes) {
  return workbook::AttentiveMemalign(workbook::PageBytes(), size_bytes);
}

void* pvalloc(std::size_t size_bytes) {
  const std::size_t page_bytes = workbook::PageBytes();
  std::size_t rounded = 0;
  if (__builtin_add_overflow(size_bytes, page_bytes - 1, &rounded)) {
    errno = ENOMEM;
    return nullptr;
  }
  return valloc(rounded / page_bytes * page_bytes);
}

}  // extern "C"

#endif  // !WORKBOOK_SANITIZER_MALLOC
