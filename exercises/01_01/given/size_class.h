// SPDX-License-Identifier: Apache-2.0

// The units of the allocator: pages, size classes, batches.
#ifndef WORKBOOK_EXERCISES_01_01_GIVEN_SIZE_CLASS_H_
#define WORKBOOK_EXERCISES_01_01_GIVEN_SIZE_CLASS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace workbook {

// A page of the allocator is 8 KiB, two pages of the system.
inline constexpr std::size_t kPageShift = 13;
inline constexpr std::size_t kPageBytes = std::size_t{1} << kPageShift;
inline constexpr std::size_t kMaxSmallBytes = 32768;
inline constexpr std::size_t kClassCount = 68;  // class 0 is "no class"
inline constexpr std::size_t kTinyClass = 68;   // blocks that objects share
inline constexpr std::size_t kTinyBlockBytes = 16;

struct SizeClass {
  std::uint32_t size_bytes = 0;
  std::uint32_t span_pages = 0;
  std::uint32_t objects = 0;  // a span

  constexpr std::size_t SpanBytes() const { return span_pages * kPageBytes; }
  // Returns what is left at the end of a span.
  constexpr std::size_t TailWasteBytes() const {
    return SpanBytes() - std::size_t{objects} * size_bytes;
  }
  // Returns what every object of the class is aligned to: the lowest set bit of
  // its size, since spans start at pages.
  constexpr std::size_t AlignmentBytes() const {
    const std::size_t size = size_bytes;
    return std::min(size & (~size + 1), kPageBytes);
  }
};

// Returns how many pages hold `bytes`: a large object, or one of a class.
// REQUIRES: bytes <= SIZE_MAX - kPageBytes.
constexpr std::size_t PagesFor(std::size_t bytes) {
  return (bytes + kPageBytes - 1) >> kPageShift;
}

// Returns whether a request may share a block: pointer-free and below 16 bytes.
constexpr bool IsTiny(std::size_t bytes) { return bytes < kTinyBlockBytes; }

// Returns how many objects move between a thread and the centre at once: 8 KiB
// of them and at most 64, but at least 8, or where these are more than 32 KiB,
// as many as 32 KiB hold; 2 at least. A batch of 64 spreads the cost of a lock
// over 64 allocations, one of 2 over 2.
// REQUIRES: size_bytes >= 1.
constexpr std::size_t BatchObjects(std::size_t size_bytes) {
  const std::size_t least =
      std::clamp<std::size_t>(4 * kPageBytes / size_bytes, 2, 8);
  return std::clamp<std::size_t>(kPageBytes / size_bytes, least, 64);
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_GIVEN_SIZE_CLASS_H_
