// SPDX-License-Identifier: Apache-2.0

// In a sanitizer build malloc is the sanitizer's; it calls these.
#include "tools/probe/probe.h"
#include "tools/probe/probe_state.h"
#include "tools/probe/sanitizer.h"

#if WORKBOOK_SANITIZER_MALLOC

#include <errno.h>
#include <malloc.h>

extern "C" int __sanitizer_install_malloc_and_free_hooks(
    void (*malloc_hook)(const volatile void*, std::size_t),
    void (*free_hook)(const volatile void*));

namespace workbook {

bool ProbeUsesSanitizerHooks() { return true; }

namespace {

void OnAllocation(const volatile void* block, std::size_t size_bytes) {
  if (ProbeIsOpen() && block != nullptr) {
    RecordAllocation(const_cast<const void*>(block), size_bytes);
  }
}

void OnFree(const volatile void* block) {
  if (ProbeIsOpen() && block != nullptr) {
    RecordFree(const_cast<const void*>(block));
  }
}

[[maybe_unused]] const int installed =
    __sanitizer_install_malloc_and_free_hooks(OnAllocation, OnFree);

}  // namespace
}  // namespace workbook

#if WORKBOOK_THREAD_SANITIZER

// In ThreadSanitizer's runtime reallocarray and the aligned allocations, all
// but operator new, skip the hook.
extern "C" {

void* __interceptor_memalign(std::size_t alignment, std::size_t size_bytes);
void* __interceptor_aligned_alloc(std::size_t alignment,
                                  std::size_t size_bytes);
int __interceptor_posix_memalign(void** block, std::size_t alignment,
                                 std::size_t size_bytes);

void* memalign(std::size_t alignment, std::size_t size_bytes) {
  void* const block = __interceptor_memalign(alignment, size_bytes);
  workbook::OnAllocation(block, size_bytes);
  return block;
}

void* aligned_alloc(std::size_t alignment, std::size_t size_bytes) {
  void* const block = __interceptor_aligned_alloc(alignment, size_bytes);
  workbook::OnAllocation(block, size_bytes);
  return block;
}

void* reallocarray(void* block, std::size_t count, std::size_t element_bytes) {
  std::size_t size_bytes = 0;
  if (__builtin_mul_overflow(count, element_bytes, &size_bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  return realloc(block, size_bytes);
}

int posix_memalign(void** block, std::size_t alignment,
                   std::size_t size_bytes) {
  const int error = __interceptor_posix_memalign(block, alignment, size_bytes);
  if (error == 0) workbook::OnAllocation(*block, size_bytes);
  return error;
}

}  // extern "C"

#endif  // WORKBOOK_THREAD_SANITIZER

#endif  // WORKBOOK_SANITIZER_MALLOC
