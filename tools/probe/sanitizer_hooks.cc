// In a sanitizer build malloc is the sanitizer's; it calls these.
#include "tools/probe/probe_state.h"

#if WORKBOOK_SANITIZER_MALLOC

extern "C" int __sanitizer_install_malloc_and_free_hooks(
    void (*malloc_hook)(const volatile void*, std::size_t),
    void (*free_hook)(const volatile void*));

namespace workbook {
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

#endif  // WORKBOOK_SANITIZER_MALLOC
