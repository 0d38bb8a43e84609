// SPDX-License-Identifier: Apache-2.0

// Checks of a caller's promises that cost nothing in an optimised build.
#ifndef WORKBOOK_TOOLS_EXERCISE_DEBUG_CHECK_H_
#define WORKBOOK_TOOLS_EXERCISE_DEBUG_CHECK_H_

namespace workbook {

#ifdef NDEBUG
inline constexpr bool kDebugChecks = false;
#else
inline constexpr bool kDebugChecks = true;
#endif

// Prints "<file>:<line>: <broken promise>" to stderr and aborts.
[[noreturn]] void DebugCheckFailed(const char* broken_promise, const char* file,
                                   int line);

// Aborts with `broken_promise` unless `holds`; in a build with NDEBUG it does
// nothing. `broken_promise` says what the caller did: "double free: the block
// is already in the pool". Where finding out costs time, put the call inside
// `if constexpr (kDebugChecks)`.
// The place is the caller's by default: std::source_location, which clang 14
// lacks, is made of the same built-ins.
inline void DebugCheck(bool holds, const char* broken_promise,
                       const char* file = __builtin_FILE(),
                       int line = __builtin_LINE()) {
  if constexpr (kDebugChecks) {
    if (!holds) DebugCheckFailed(broken_promise, file, line);
  }
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_DEBUG_CHECK_H_
