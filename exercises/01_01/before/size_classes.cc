// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/before/size_classes.h"

#include <bit>

namespace workbook::before {
namespace {

// The step to the next size, Go's. It is reset where a size is a power of two,
// so that neighbours stay at most an eighth apart.
[[maybe_unused]] std::size_t StepAfter(std::size_t size_bytes,
                                       std::size_t step_bytes) {
  if (!std::has_single_bit(size_bytes)) return step_bytes;
  if (size_bytes >= 2048) return 256;
  if (size_bytes >= 128) return size_bytes / 8;
  return size_bytes >= 32 ? 16 : 8;
}

}  // namespace

void SizeClassTable::Generate() {
  std::size_t size = 8;
  for (std::size_t number = 1; number < kClassCount; ++number) {
    SizeClass& entry = classes_[number];
    constexpr std::size_t pages = 8;  // few spans, few calls of mmap
    const std::size_t objects = pages * kPageBytes / size;
    entry = {static_cast<std::uint32_t>(size),
             static_cast<std::uint32_t>(pages),
             static_cast<std::uint32_t>(objects)};
    if (size < kMaxSmallBytes) size *= 2;
  }
}

double SizeClassTable::WorstWaste(std::size_t number) const {
  const SizeClass& entry = classes_[number];
  const std::size_t unused =
      entry.size_bytes - classes_[number - 1].size_bytes - 1;
  return static_cast<double>(unused * entry.objects + entry.TailWasteBytes()) /
         static_cast<double>(entry.SpanBytes());
}

}  // namespace workbook::before
