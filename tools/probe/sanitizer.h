// SPDX-License-Identifier: Apache-2.0

// Which sanitizer a source is compiled for, for gcc (which defines macros) and
// clang (which has features). Each macro is 0 or 1.
//
// WORKBOOK_THREAD_SANITIZER: ThreadSanitizer.
// WORKBOOK_SANITIZER_MALLOC: one whose runtime brings its own malloc:
// AddressSanitizer, ThreadSanitizer or MemorySanitizer.
#ifndef WORKBOOK_TOOLS_PROBE_SANITIZER_H_
#define WORKBOOK_TOOLS_PROBE_SANITIZER_H_

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

#endif  // WORKBOOK_TOOLS_PROBE_SANITIZER_H_
