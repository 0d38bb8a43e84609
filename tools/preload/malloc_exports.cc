// SPDX-License-Identifier: Apache-2.0

// malloc and its family, exported from a shared library over 01_01's
// malloc_api: `LD_PRELOAD=libpreload.so git status` runs on the allocator of
// the exercise.
#include <pthread.h>
#include <sys/single_threaded.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "01_01/malloc_api.h"

// What the library exports is listed in exports.lds.
#define WORKBOOK_EXPORT extern "C"

// glibc's, in no header.
extern "C" {
__attribute__((weak)) void _IO_list_lock();
__attribute__((weak)) void _IO_list_unlock();
__attribute__((weak)) void _IO_list_resetlock();
}

namespace {

constexpr std::size_t kSystemPageBytes = 4096;
constinit bool is_held_for_fork = false;  // guarded by what is held

// glibc locks its list of open files between these handlers and the fork, and
// whoever holds that list may be waiting for a block: fflush(nullptr) for a
// thread in getline. So the list comes first, as it does before glibc's malloc.
// A process of one thread has nobody to wait for; its fork may come from a
// signal's handler, which has interrupted malloc itself.
void BeforeFork() {
  if (__libc_single_threaded) return;
  if (_IO_list_lock != nullptr) _IO_list_lock();
  workbook::ProcessAllocator().LockForFork();
  is_held_for_fork = true;
}

void AfterFork() {
  if (!is_held_for_fork) return;
  is_held_for_fork = false;
  workbook::ProcessAllocator().UnlockAfterFork();
  if (_IO_list_unlock != nullptr) _IO_list_unlock();
}

// glibc has unlocked the list in the child, if it had locked it.
void InChild() {
  if (!is_held_for_fork) return;
  is_held_for_fork = false;
  workbook::ProcessAllocator().UnlockInChild();
  if (_IO_list_resetlock != nullptr) _IO_list_resetlock();
}

// The library is linked with -z initfirst: this is the first constructor of the
// process, so our handlers run last before a fork and first after it. Those of
// all others may allocate, and may wait for a thread that does.
__attribute__((constructor)) void RegisterForkHandlers() {
  pthread_atfork(BeforeFork, AfterFork, InChild);
}

}  // namespace

WORKBOOK_EXPORT void* malloc(std::size_t bytes) {
  return workbook::Malloc(bytes);
}

WORKBOOK_EXPORT void free(void* block) { workbook::Free(block); }

WORKBOOK_EXPORT void* calloc(std::size_t count, std::size_t bytes) {
  return workbook::Calloc(count, bytes);
}

WORKBOOK_EXPORT void* realloc(void* block, std::size_t bytes) {
  return workbook::Realloc(block, bytes);
}

WORKBOOK_EXPORT void* reallocarray(void* block, std::size_t count,
                                   std::size_t bytes) {
  std::size_t total = 0;
  if (__builtin_mul_overflow(count, bytes, &total)) {
    errno = ENOMEM;
    return nullptr;
  }
  return workbook::Realloc(block, total);
}

WORKBOOK_EXPORT void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  return workbook::AlignedAlloc(alignment, bytes);
}

WORKBOOK_EXPORT void* memalign(std::size_t alignment, std::size_t bytes) {
  return workbook::Memalign(alignment, bytes);
}

WORKBOOK_EXPORT int posix_memalign(void** block, std::size_t alignment,
                                   std::size_t bytes) {
  return workbook::PosixMemalign(block, alignment, bytes);
}

WORKBOOK_EXPORT void* valloc(std::size_t bytes) {
  return workbook::AlignedAlloc(kSystemPageBytes, bytes);
}

WORKBOOK_EXPORT void* pvalloc(std::size_t bytes) {
  const std::size_t rounded =
      (bytes + kSystemPageBytes - 1) & ~(kSystemPageBytes - 1);
  if (rounded < bytes) {
    errno = ENOMEM;
    return nullptr;
  }
  return workbook::AlignedAlloc(kSystemPageBytes, rounded);
}

WORKBOOK_EXPORT std::size_t malloc_usable_size(void* block) {
  return workbook::MallocUsableSize(block);
}

// C23's; a program that finds them in its libc must find them here.
WORKBOOK_EXPORT void free_sized(void* block, std::size_t) { free(block); }
WORKBOOK_EXPORT void free_aligned_sized(void* block, std::size_t, std::size_t) {
  free(block);
}

// Other names by which libc hands out and takes blocks: `nm -D libc.so.6`. Each
// is the function itself, since a program may have a malloc of its own that
// calls __libc_malloc. By the assembler: gcc and clang want different
// attributes of an alias.
#define WORKBOOK_ALIAS(name, function)                                \
  __asm__(".globl " #name "\n.type " #name ", @function\n.set " #name \
          ", " #function "\n")

WORKBOOK_ALIAS(__libc_malloc, malloc);
WORKBOOK_ALIAS(__libc_free, free);
WORKBOOK_ALIAS(cfree, free);
WORKBOOK_ALIAS(__libc_calloc, calloc);
WORKBOOK_ALIAS(__libc_realloc, realloc);
WORKBOOK_ALIAS(__libc_reallocarray, reallocarray);
WORKBOOK_ALIAS(__libc_memalign, memalign);
WORKBOOK_ALIAS(__posix_memalign, posix_memalign);
WORKBOOK_ALIAS(__libc_valloc, valloc);
WORKBOOK_ALIAS(__libc_pvalloc, pvalloc);
