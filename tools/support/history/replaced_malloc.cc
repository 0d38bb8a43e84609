// SPDX-License-Identifier: Apache-2.0

// malloc's family and operator new: to the arena while a subject's call runs,
// else to the C library, or to the sanitizer where the program has one.
#include <malloc.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include "tools/support/history/arena.h"

extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

__attribute__((weak)) void* __interceptor_malloc(std::size_t);
__attribute__((weak)) void* __interceptor_realloc(void*, std::size_t);
__attribute__((weak)) void* __interceptor_memalign(std::size_t, std::size_t);
__attribute__((weak)) void __interceptor_free(void*);

}  // extern "C"

namespace workbook::history {
namespace {

void* NextMalloc(std::size_t bytes) {
  return __interceptor_malloc != nullptr ? __interceptor_malloc(bytes)
                                         : __libc_malloc(bytes);
}

void* NextRealloc(void* memory, std::size_t bytes) {
  return __interceptor_realloc != nullptr ? __interceptor_realloc(memory, bytes)
                                          : __libc_realloc(memory, bytes);
}

void* NextMemalign(std::size_t alignment_bytes, std::size_t bytes) {
  return __interceptor_memalign != nullptr
             ? __interceptor_memalign(alignment_bytes, bytes)
             : __libc_memalign(alignment_bytes, bytes);
}

void NextFree(void* memory) {
  if (__interceptor_free != nullptr) {
    __interceptor_free(memory);
  } else {
    __libc_free(memory);
  }
}

void* FromArena(std::size_t bytes, std::size_t alignment_bytes) {
  void* const memory = arena.Allocate(bytes, alignment_bytes);
  if (memory == nullptr) errno = ENOMEM;
  return memory;
}

}  // namespace
}  // namespace workbook::history

using workbook::history::arena;

extern "C" {

void* malloc(std::size_t bytes) {
  return arena.on ? workbook::history::FromArena(bytes, 16)
                  : workbook::history::NextMalloc(bytes);
}

void free(void* memory) {
  if (arena.Has(memory)) return arena.Free(memory);
  workbook::history::NextFree(memory);
}

void* calloc(std::size_t count, std::size_t element_bytes) {
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(count, element_bytes, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  void* const memory = malloc(bytes);
  if (memory != nullptr) std::memset(memory, 0, bytes);
  return memory;
}

void* realloc(void* memory, std::size_t bytes) {
  if (!arena.on && !arena.Has(memory)) {
    return workbook::history::NextRealloc(memory, bytes);
  }
  const auto* const old = arena.Find(memory);
  void* const moved = malloc(bytes);
  if (moved == nullptr || memory == nullptr) return moved;
  if (old != nullptr) std::memcpy(moved, memory, std::min(bytes, old->bytes));
  free(memory);
  return moved;
}

void* memalign(std::size_t alignment_bytes, std::size_t bytes) {
  return arena.on ? workbook::history::FromArena(bytes, alignment_bytes)
                  : workbook::history::NextMemalign(alignment_bytes, bytes);
}

void* aligned_alloc(std::size_t alignment_bytes, std::size_t bytes) {
  return memalign(alignment_bytes, bytes);
}

int posix_memalign(void** memory, std::size_t alignment_bytes,
                   std::size_t bytes) {
  void* const block = memalign(alignment_bytes, bytes);
  if (block == nullptr) return ENOMEM;
  *memory = block;
  return 0;
}

}  // extern "C"

namespace workbook {
namespace {

inline void* Allocate(std::size_t bytes) { return malloc(bytes); }
inline void* AllocateAligned(std::size_t bytes, std::align_val_t alignment) {
  return memalign(static_cast<std::size_t>(alignment), bytes);
}
inline void Free(void* memory) { free(memory); }

}  // namespace
}  // namespace workbook

// Here as well: those of a sanitizer do not call malloc above.
#include "tools/probe/operator_new.h"
