#include "01_01/malloc_api.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

namespace workbook {
namespace internal {
namespace {

constinit SystemPages system_pages;

}  // namespace

constinit ProcessAllocatorStorage process_allocator(system_pages);

}  // namespace internal
#if !WORKBOOK_STUB
namespace {

void* OrNoMemory(void* block) {
  if (block == nullptr) errno = ENOMEM;
  return block;
}

// A large block that grows step by step would be copied at each page.
std::size_t GrownBytes(std::size_t had_bytes, std::size_t bytes) {
  if (bytes <= kMaxSmallBytes || bytes <= had_bytes) return bytes;
  return std::max(bytes, had_bytes + had_bytes / 4);
}

}  // namespace
#endif

void* MallocSlow([[maybe_unused]] std::size_t bytes) {
#if WORKBOOK_STUB
  Todo("01_01 task 8: MallocSlow");
#else
  return OrNoMemory(ProcessAllocator().Allocate(bytes));
#endif
}

void* Calloc([[maybe_unused]] std::size_t count,
             [[maybe_unused]] std::size_t bytes) {
#if WORKBOOK_STUB
  Todo("01_01 task 8: Calloc");
#else
  std::size_t total = 0;
  if (__builtin_mul_overflow(count, bytes, &total)) return OrNoMemory(nullptr);
  return OrNoMemory(ProcessAllocator().AllocateZeroed(total));
#endif
}

void* Realloc([[maybe_unused]] void* block,
              [[maybe_unused]] std::size_t bytes) {
#if WORKBOOK_STUB
  Todo("01_01 task 8: Realloc");
#else
  CachingAllocator& allocator = ProcessAllocator();
  if (block == nullptr) return Malloc(bytes);
  if (bytes == 0) {
    Free(block);
    return nullptr;
  }
  const std::size_t had_bytes = allocator.UsableSize(block);
  if (bytes <= had_bytes && bytes >= had_bytes / 2) return block;
  if (bytes > had_bytes && had_bytes > kMaxSmallBytes &&
      allocator.ExtendInPlace(block, bytes)) {
    return block;
  }
  void* moved = allocator.Allocate(GrownBytes(had_bytes, bytes));
  if (moved == nullptr) moved = allocator.Allocate(bytes);
  if (moved == nullptr) return OrNoMemory(nullptr);
  std::memcpy(moved, block, std::min(bytes, had_bytes));
  allocator.Deallocate(block);
  return moved;
#endif
}

void* AlignedAlloc([[maybe_unused]] std::size_t alignment_bytes,
                   [[maybe_unused]] std::size_t bytes) {
#if WORKBOOK_STUB
  Todo("01_01 task 8: AlignedAlloc");
#else
  if (!std::has_single_bit(alignment_bytes)) {
    errno = EINVAL;
    return nullptr;
  }
  constexpr std::size_t kLeast = alignof(std::max_align_t);
  return OrNoMemory(ProcessAllocator().AllocateAligned(
      bytes, std::max(alignment_bytes, kLeast)));
#endif
}

void* Memalign([[maybe_unused]] std::size_t alignment_bytes,
               [[maybe_unused]] std::size_t bytes) {
#if WORKBOOK_STUB
  Todo("01_01 task 8: Memalign");
#else
  constexpr std::size_t kMost = SIZE_MAX / 2 + 1;
  if (alignment_bytes > kMost) {
    errno = EINVAL;
    return nullptr;
  }
  return AlignedAlloc(std::bit_ceil(alignment_bytes), bytes);
#endif
}

int PosixMemalign([[maybe_unused]] void** block,
                  [[maybe_unused]] std::size_t alignment_bytes,
                  [[maybe_unused]] std::size_t bytes) {
#if WORKBOOK_STUB
  Todo("01_01 task 8: PosixMemalign");
#else
  if (!std::has_single_bit(alignment_bytes) ||
      alignment_bytes < sizeof(void*)) {
    return EINVAL;
  }
  const int kept = errno;
  void* const result = AlignedAlloc(alignment_bytes, bytes);
  errno = kept;
  if (result == nullptr) return ENOMEM;
  *block = result;
  return 0;
#endif
}

std::size_t MallocUsableSize([[maybe_unused]] const void* block) {
#if WORKBOOK_STUB
  Todo("01_01 task 8: MallocUsableSize");
#else
  return ProcessAllocator().UsableSize(block);
#endif
}

}  // namespace workbook
