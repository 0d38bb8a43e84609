// Where the probe's two sources, the replaced malloc and the sanitizers' hooks,
// report what they see.
#ifndef WORKBOOK_TOOLS_PROBE_PROBE_STATE_H_
#define WORKBOOK_TOOLS_PROBE_PROBE_STATE_H_

#include <atomic>
#include <cstddef>

#if defined(__SANITIZE_THREAD__)
#define WORKBOOK_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WORKBOOK_THREAD_SANITIZER 1
#endif
#endif
#ifndef WORKBOOK_THREAD_SANITIZER
#define WORKBOOK_THREAD_SANITIZER 0
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WORKBOOK_SANITIZER_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define WORKBOOK_SANITIZER_MALLOC 1
#endif
#endif
#ifndef WORKBOOK_SANITIZER_MALLOC
#define WORKBOOK_SANITIZER_MALLOC 0
#endif

namespace workbook {

inline std::atomic<int> open_scopes{0};

// Whether anything has to be recorded. Cost: one relaxed load.
inline bool ProbeIsOpen() {
  return open_scopes.load(std::memory_order_relaxed) != 0;
}

// REQUIRES: `block` is not null. Cost: a spin lock and a table operation; never
// a call of malloc. Safe inside malloc and free.
void RecordAllocation(const void* block, std::size_t size_bytes);
void RecordFree(const void* block);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBE_PROBE_STATE_H_
