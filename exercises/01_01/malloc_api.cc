// SPDX-License-Identifier: Apache-2.0

#include "01_01/malloc_api.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

#include "tools/exercise/todo.h"

namespace workbook {
namespace internal {
namespace {

constinit SystemPages system_pages;

}  // namespace

constinit ProcessAllocatorStorage process_allocator(system_pages);

}  // namespace internal

void* MallocSlow(std::size_t bytes) { Todo("01_01 task 8: MallocSlow"); }

void* Calloc(std::size_t count, std::size_t bytes) {
  Todo("01_01 task 8: Calloc");
}

void* Realloc(void* block, std::size_t bytes) { Todo("01_01 task 8: Realloc"); }

void* AlignedAlloc(std::size_t alignment_bytes, std::size_t bytes) {
  Todo("01_01 task 8: AlignedAlloc");
}

void* Memalign(std::size_t alignment_bytes, std::size_t bytes) {
  Todo("01_01 task 8: Memalign");
}

int PosixMemalign(void** block, std::size_t alignment_bytes,
                  std::size_t bytes) {
  Todo("01_01 task 8: PosixMemalign");
}

std::size_t MallocUsableSize(const void* block) {
  Todo("01_01 task 8: MallocUsableSize");
}

}  // namespace workbook
