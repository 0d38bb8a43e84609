// The malloc family, defined in the executable: the dynamic linker then sends
// every library's calls here, and from here they go on to the next definition
// (RTLD_NEXT): a preloaded allocator where there is one, else the C library.
#include "tools/probe/probe.h"
#include "tools/probe/probe_state.h"

#if !WORKBOOK_SANITIZER_MALLOC

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

namespace workbook {

bool ProbeUsesSanitizerHooks() { return false; }

namespace {

// dlsym may allocate while the next allocator is being looked up. It is served
// from here, and such a block is never given back.
class BootstrapMemory {
 public:
  void* Allocate(std::size_t size_bytes) {
    const std::size_t rounded = (size_bytes + 15) & ~std::size_t{15};
    const std::size_t offset = used_.fetch_add(rounded);
    if (rounded < size_bytes || offset + rounded > sizeof(bytes_)) {
      static constexpr char kMessage[] =
          "tools/probe: out of bootstrap memory before main\n";
      [[maybe_unused]] const auto written =
          write(STDERR_FILENO, kMessage, sizeof(kMessage) - 1);
      _exit(70);
    }
    return bytes_ + offset;
  }
  bool Holds(const void* block) const {
    return block >= bytes_ && block < bytes_ + sizeof(bytes_);
  }

 private:
  alignas(16) unsigned char bytes_[16384] = {};
  std::atomic<std::size_t> used_{0};
};

struct NextAllocator {
  void* (*malloc)(std::size_t);
  void* (*calloc)(std::size_t, std::size_t);
  void* (*realloc)(void*, std::size_t);
  void* (*memalign)(std::size_t, std::size_t);
  void (*free)(void*);
};

constinit BootstrapMemory bootstrap;
constinit NextAllocator next{};
constinit std::atomic<bool> next_is_known{false};
thread_local constinit bool looking_up = false;

template <typename Function>
void LookUp(Function& function, const char* name) {
  function = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

// Returns false while this thread is inside the look-up itself. Two threads may
// look up at once: they store the same values.
bool NextIsReady() {
  if (next_is_known.load(std::memory_order_acquire)) [[likely]]
    return true;
  if (looking_up) return false;
  looking_up = true;
  LookUp(next.malloc, "malloc");
  LookUp(next.calloc, "calloc");
  LookUp(next.realloc, "realloc");
  LookUp(next.memalign, "memalign");
  LookUp(next.free, "free");
  looking_up = false;
  next_is_known.store(true, std::memory_order_release);
  return true;
}

void* Recorded(void* block, std::size_t size_bytes) {
  if (ProbeIsOpen() && block != nullptr) RecordAllocation(block, size_bytes);
  return block;
}

void* AllocateAligned(std::size_t alignment, std::size_t size_bytes) {
  if (!NextIsReady()) return nullptr;
  return Recorded(next.memalign(alignment, size_bytes), size_bytes);
}

// A block from bootstrap memory cannot grow in place, and its size is unknown;
// the copy may read past it, but not past the bootstrap memory's end.
void* MoveOutOfBootstrap(const void* block, std::size_t size_bytes) {
  void* moved = malloc(size_bytes);
  if (moved != nullptr) std::memcpy(moved, block, size_bytes);
  return moved;
}

}  // namespace
}  // namespace workbook

using workbook::bootstrap;
using workbook::next;
using workbook::NextIsReady;
using workbook::ProbeIsOpen;

extern "C" {

void* malloc(std::size_t size_bytes) {
  if (!NextIsReady()) return bootstrap.Allocate(size_bytes);
  return workbook::Recorded(next.malloc(size_bytes), size_bytes);
}

void* calloc(std::size_t count, std::size_t element_bytes) {
  if (!NextIsReady()) return bootstrap.Allocate(count * element_bytes);
  return workbook::Recorded(next.calloc(count, element_bytes),
                            count * element_bytes);
}

void* realloc(void* block, std::size_t size_bytes) {
  if (block == nullptr) return malloc(size_bytes);
  if (bootstrap.Holds(block)) {
    return workbook::MoveOutOfBootstrap(block, size_bytes);
  }
  if (!NextIsReady()) return nullptr;
  // Forgotten before the call and remembered after it: in between another
  // thread may be given the old address.
  if (ProbeIsOpen()) workbook::RecordFree(block);
  void* const moved = next.realloc(block, size_bytes);
  return workbook::Recorded(moved, size_bytes);
}

void free(void* block) {
  if (block == nullptr || bootstrap.Holds(block)) return;
  if (!NextIsReady()) return;
  if (ProbeIsOpen()) workbook::RecordFree(block);
  next.free(block);
}

void* memalign(std::size_t alignment, std::size_t size_bytes) {
  return workbook::AllocateAligned(alignment, size_bytes);
}

void* aligned_alloc(std::size_t alignment, std::size_t size_bytes) {
  return workbook::AllocateAligned(alignment, size_bytes);
}

int posix_memalign(void** block, std::size_t alignment,
                   std::size_t size_bytes) {
  const bool power_of_two = (alignment & (alignment - 1)) == 0;
  if (!power_of_two || alignment < sizeof(void*)) return EINVAL;
  const int saved_errno = errno;
  void* const result = workbook::AllocateAligned(alignment, size_bytes);
  errno = saved_errno;
  if (result == nullptr) return ENOMEM;
  *block = result;
  return 0;
}

void* valloc(std::size_t size_bytes) {
  const auto page_bytes = static_cast<std::size_t>(getpagesize());
  return workbook::AllocateAligned(page_bytes, size_bytes);
}

void* pvalloc(std::size_t size_bytes) {
  const auto page_bytes = static_cast<std::size_t>(getpagesize());
  return valloc((size_bytes + page_bytes - 1) / page_bytes * page_bytes);
}

}  // extern "C"

#endif  // !WORKBOOK_SANITIZER_MALLOC
