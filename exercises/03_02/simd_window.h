// SPDX-License-Identifier: Apache-2.0

// Sixteen control bytes compared by one instruction.
#ifndef WORKBOOK_03_02_SIMD_WINDOW_H_
#define WORKBOOK_03_02_SIMD_WINDOW_H_

#include <cstdint>

#include "03_02/control_word.h"
#include "exercises/03_02/given/control_bytes.h"

#ifdef __SSE2__
#include <emmintrin.h>

#include "tools/exercise/todo.h"

#endif

namespace workbook {

#ifdef __SSE2__

// The control bytes of one window in one register: to be used as WordWindow,
// with the same answers for the same bytes.
class SimdWindow {
 public:
  // Reads sixteen bytes, at any address. Given.
  explicit SimdWindow(const std::uint8_t* controls)
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(controls))) {}

  // Returns the lanes whose byte is that of `fragment`.
  // Cost: some four instructions, no branch, as for all functions here.
  // Source: Abseil, raw_hash_set.h, GroupSse2Impl; boost, foa/core.hpp.
  Lanes Match(Fragment fragment) const;

  // Returns the lanes whose byte is kEmpty.
  Lanes MatchEmpty() const;

  // Returns the lanes whose byte is kEmpty or kDeleted.
  Lanes MatchFree() const;

 private:
  __m128i bytes_;
};

inline Lanes SimdWindow::Match(Fragment fragment) const {
  Todo("03_02 task 6: SimdWindow::Match");
}

inline Lanes SimdWindow::MatchEmpty() const {
  Todo("03_02 task 6: SimdWindow::MatchEmpty");
}

inline Lanes SimdWindow::MatchFree() const {
  Todo("03_02 task 6: SimdWindow::MatchFree");
}

#else

// Without SSE2 there is one form for all. Given.
using SimdWindow = WordWindow;

#endif  // __SSE2__

}  // namespace workbook

#endif  // WORKBOOK_03_02_SIMD_WINDOW_H_
