// SPDX-License-Identifier: Apache-2.0

// Which sizes the allocator hands out: powers of two, to begin with.
#ifndef WORKBOOK_EXERCISES_01_01_BEFORE_SIZE_CLASSES_H_
#define WORKBOOK_EXERCISES_01_01_BEFORE_SIZE_CLASSES_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "exercises/01_01/given/size_class.h"

namespace workbook::before {

// The classes, and the class of every size.
//
// Invariants: sizes ascend; the tail of a span is at most an eighth of it;
// ClassOf(bytes) is the first class whose size is at least `bytes`.
class SizeClassTable {
 public:
  static constexpr std::size_t kFineBytes = 1024;  // steps of 8 up to here
  static constexpr std::size_t kCoarseStepBytes = 128;

  // An empty table: every size has class 0. No code runs, so that an allocator
  // may be used before main.
  constexpr SizeClassTable() = default;

  // Fills the table with Go's 67 classes, numbers 1 to 67.
  //
  // Sizes begin at 8, and each step to the next is StepAfter (size_classes.cc).
  // A class has the fewest pages whose tail is at most an eighth of the span.
  // Neighbours with equal pages and equal objects are one class, the larger.
  // In the end each size grows by what the tail can give to every object, in
  // multiples of kCoarseStepBytes: 8448 becomes 9472.
  // Cost: O(sizes), once; no allocation. The table is at most 1,280 bytes.
  // Thread safety: none; const functions may run on any thread afterwards.
  // Source: Go's mksizeclasses.go.
  //
  // As it begins: 13 powers of two, 8 to 32768, in spans of 64 KiB. Numbers 14
  // to 67 repeat the last one, so that other code may go over all of them.
  void Generate();

  // Returns the class of a request; 0 bytes have the class of 1 byte.
  // REQUIRES: bytes <= kMaxSmallBytes.
  // Cost: O(1): one comparison and one load from 378 bytes of tables.
  std::size_t ClassOf(std::size_t bytes) const;

  // Returns the class whose objects are aligned to 16 as malloc has to: as
  // ClassOf, but 17 to 24 bytes have the class of 32, and 1 to 8 that of 16. 0
  // bytes keep the class of 8, because nothing can be stored there.
  // REQUIRES: bytes <= kMaxSmallBytes.
  // Cost: that of ClassOf.
  std::size_t MallocClassOf(std::size_t bytes) const;

  // Returns the first class of at least `bytes` whose objects are all aligned,
  // or 0: none is.
  // REQUIRES: bytes <= kMaxSmallBytes, a power of two for the alignment.
  // Cost: O(classes).
  std::size_t AlignedClassOf(std::size_t bytes,
                             std::size_t alignment_bytes) const {
    std::size_t number = ClassOf(bytes);
    while (number < kClassCount &&
           classes_[number].AlignmentBytes() < alignment_bytes) {
      ++number;
    }
    return number < kClassCount ? number : 0;
  }

  // Returns a class.
  // REQUIRES: 1 <= number < kClassCount.
  const SizeClass& operator[](std::size_t number) const {
    return classes_[number];
  }
  // Returns all classes, kClassCount of them with the empty class 0.
  const SizeClass* data() const { return classes_.data(); }

  // Returns the largest part of a span that can be lost when every object holds
  // the smallest request of its class: inside the objects, and at the end.
  // REQUIRES: 1 <= number < kClassCount.
  double WorstWaste(std::size_t number) const;

 private:
  std::array<SizeClass, kClassCount> classes_{};
};

inline std::size_t SizeClassTable::ClassOf(std::size_t bytes) const {
  for (std::size_t number = 1; number < kClassCount; ++number) {
    if (classes_[number].size_bytes >= std::max<std::size_t>(bytes, 1)) {
      return number;
    }
  }
  return 0;
}

inline std::size_t SizeClassTable::MallocClassOf(std::size_t bytes) const {
  return ClassOf(bytes == 0 ? 0 : std::max<std::size_t>(bytes, 16));
}

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_01_01_BEFORE_SIZE_CLASSES_H_
