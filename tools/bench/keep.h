// SPDX-License-Identifier: Apache-2.0

// Stops the optimiser from removing what a benchmark measures.
#ifndef WORKBOOK_TOOLS_BENCH_KEEP_H_
#define WORKBOOK_TOOLS_BENCH_KEEP_H_

#include <type_traits>

namespace workbook {

// Makes the compiler believe that `value` is read and changed here, and that
// all memory may be: it can neither drop the computation nor merge two.
// Cost: no instruction; a small value stays in its register.
// Use it in place of benchmark::DoNotOptimize on an lvalue, whose constraint
// "+m,r" (Google Benchmark 1.7.1) makes gcc 12 go on with a value that is not
// the one it was given, seen with -O1 -fsanitize=address.
template <typename T>
inline void Keep(T& value) {
  if constexpr (std::is_scalar_v<T> && !std::is_floating_point_v<T>) {
    asm volatile("" : "+r"(value) : : "memory");
  } else {
    asm volatile("" : "+m"(value) : : "memory");
  }
}

// The same for a value that nothing is done with afterwards.
template <typename T>
inline void Keep(const T& value) {
  if constexpr (std::is_scalar_v<T> && !std::is_floating_point_v<T>) {
    asm volatile("" : : "r"(value) : "memory");
  } else {
    asm volatile("" : : "m"(value) : "memory");
  }
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_KEEP_H_
