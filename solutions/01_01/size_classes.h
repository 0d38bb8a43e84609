// SPDX-License-Identifier: Apache-2.0

// Which sizes the allocator hands out: Go's table, generated.
#ifndef WORKBOOK_01_01_SIZE_CLASSES_H_
#define WORKBOOK_01_01_SIZE_CLASSES_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace workbook {

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

  std::size_t SpanBytes() const { return span_pages * kPageBytes; }
  // What is left at the end of a span.
  std::size_t TailWasteBytes() const {
    return SpanBytes() - std::size_t{objects} * size_bytes;
  }
  // What every object of the class is aligned to: the lowest set bit of its
  // size, since spans start at pages.
  std::size_t AlignmentBytes() const;
};

// The classes, and the class of every size.
//
// Invariants: sizes ascend; the tail of a span is at most an eighth of it;
// ClassOf(bytes) is the first class whose size is at least `bytes`.
// [given]
class SizeClassTable {
 public:
  static constexpr std::size_t kFineBytes = 1024;  // steps of 8 up to here
  static constexpr std::size_t kCoarseStepBytes = 128;

  // An empty table: every size has class 0. No code runs, so that an allocator
  // may be used before main.
  constexpr SizeClassTable() = default;

  // Fills the table with 67 classes.
  // Cost: about 40 us once, no allocation; the table is 1.2 KiB.
  // Thread safety: none; const functions may run on any thread afterwards.
  // Source: Go's mksizeclasses.go: alignment by size, the fewest pages whose
  // tail is at most an eighth, equal spans merged, sizes enlarged at the end.
  void Generate();

  // The class of a request; 0 bytes have the class of 1 byte.
  // REQUIRES: bytes <= kMaxSmallBytes.
  // Cost: one comparison and one load from 378 bytes of tables.
  std::size_t ClassOf(std::size_t bytes) const;

  // The class whose objects are aligned to 16 as malloc has to: as ClassOf, but
  // 17 to 24 bytes have the class of 32, and 1 to 8 that of 16.
  // REQUIRES: bytes <= kMaxSmallBytes.
  // Cost: that of ClassOf.
  std::size_t MallocClassOf(std::size_t bytes) const;

  // The first class of at least `bytes` whose objects are all aligned, or 0:
  // none is.
  // Cost: O(classes).
  // REQUIRES: bytes <= kMaxSmallBytes, a power of two for the alignment.
  std::size_t AlignedClassOf(std::size_t bytes,
                             std::size_t alignment_bytes) const;

  // REQUIRES: 1 <= number < kClassCount.
  const SizeClass& operator[](std::size_t number) const {
    return classes_[number];
  }

  // The largest part of a span that can be lost when every object holds the
  // smallest request of its class: inside the objects, and at the end.
  double WorstWaste(std::size_t number) const;

 private:
  std::array<SizeClass, kClassCount> classes_{};
  std::array<std::uint8_t, kFineBytes / 8 + 1> fine_{};
  std::array<std::uint8_t, (kMaxSmallBytes - kFineBytes) / kCoarseStepBytes + 1>
      coarse_{};
};

// Pages for an object that is larger than every class: rounded up.
// REQUIRES: bytes <= SIZE_MAX - kPageBytes.
// [given]
constexpr std::size_t PagesFor(std::size_t bytes) {
  return (bytes + kPageBytes - 1) >> kPageShift;
}

// Whether a request may share a block: pointer-free and below 16 bytes.
// [given]
constexpr bool IsTiny(std::size_t bytes) { return bytes < kTinyBlockBytes; }

inline std::size_t SizeClassTable::ClassOf(std::size_t bytes) const {
  if (bytes <= kFineBytes) [[likely]] {
    return fine_[(bytes + 7) / 8];
  }
  return coarse_[(bytes - kFineBytes + kCoarseStepBytes - 1) /
                 kCoarseStepBytes];
}

inline std::size_t SizeClassTable::MallocClassOf(std::size_t bytes) const {
  if (bytes <= kFineBytes) [[likely]] {
    return fine_[(bytes + 15) / 16 * 2];
  }
  return coarse_[(bytes - kFineBytes + kCoarseStepBytes - 1) /
                 kCoarseStepBytes];
}

}  // namespace workbook

#endif  // WORKBOOK_01_01_SIZE_CLASSES_H_
