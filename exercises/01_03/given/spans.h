// SPDX-License-Identifier: Apache-2.0

// The spans that blocks of a class are cut from.
#ifndef WORKBOOK_EXERCISES_01_03_GIVEN_SPANS_H_
#define WORKBOOK_EXERCISES_01_03_GIVEN_SPANS_H_

#include <cstddef>

namespace workbook {

inline constexpr std::size_t kPageBytes = 8192;

// Returns how many bytes a span has for blocks of this size: the fewest pages
// of which at most an eighth is left over.
// REQUIRES: 0 < block_bytes <= 32768.
// Cost: O(pages).
// Thread safety: any thread.
// Source: Go's runtime, mksizeclasses.go.
constexpr std::size_t SpanBytes(std::size_t block_bytes) {
  std::size_t span_bytes = kPageBytes;
  while (span_bytes % block_bytes > span_bytes / 8) span_bytes += kPageBytes;
  return span_bytes;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_03_GIVEN_SPANS_H_
