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

void* MallocSlow([[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 8: MallocSlow");
}

void* Calloc([[maybe_unused]] std::size_t count,
             [[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 8: Calloc");
}

void* Realloc([[maybe_unused]] void* block,
              [[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 8: Realloc");
}

void* AlignedAlloc([[maybe_unused]] std::size_t alignment_bytes,
                   [[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 8: AlignedAlloc");
}

void* Memalign([[maybe_unused]] std::size_t alignment_bytes,
               [[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 8: Memalign");
}

int PosixMemalign([[maybe_unused]] void** block,
                  [[maybe_unused]] std::size_t alignment_bytes,
                  [[maybe_unused]] std::size_t bytes) {
  Todo("01_01 task 8: PosixMemalign");
}

std::size_t MallocUsableSize([[maybe_unused]] const void* block) {
  Todo("01_01 task 8: MallocUsableSize");
}

}  // namespace workbook
