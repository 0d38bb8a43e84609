// SPDX-License-Identifier: Apache-2.0

// Sixteen control bytes compared by one instruction.
#ifndef WORKBOOK_03_02_SIMD_WINDOW_H_
#define WORKBOOK_03_02_SIMD_WINDOW_H_

#include <cstdint>

#include "03_02/control_word.h"
#include "exercises/03_02/given/control_bytes.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace workbook {

#ifdef __SSE2__

// The control bytes of one window in one register: to be used as WordWindow,
// with the same answers for the same bytes.
class SimdWindow {
 public:
  // Reads sixteen bytes, at any address. Given.
  // [given]
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

 private:  // [given]
  __m128i bytes_;
};

inline Lanes SimdWindow::Match(Fragment fragment) const {
  const __m128i wanted = _mm_set1_epi32(static_cast<int>(fragment.FourTimes()));
  return static_cast<Lanes>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes_, wanted)));
}

inline Lanes SimdWindow::MatchEmpty() const {
  const __m128i empty = _mm_set1_epi8(static_cast<char>(kEmpty));
  return static_cast<Lanes>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes_, empty)));
}

inline Lanes SimdWindow::MatchFree() const {
  // SSE2 has no "at most" for bytes without a sign. What the lower of both does
  // not change is at most kDeleted.
  const __m128i most = _mm_set1_epi8(static_cast<char>(kDeleted));
  const __m128i lower = _mm_min_epu8(bytes_, most);
  return static_cast<Lanes>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes_, lower)));
}

#else

// Without SSE2 there is one form for all. Given.
using SimdWindow = WordWindow;

#endif  // __SSE2__

}  // namespace workbook

#endif  // WORKBOOK_03_02_SIMD_WINDOW_H_
