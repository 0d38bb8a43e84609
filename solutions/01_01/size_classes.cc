// SPDX-License-Identifier: Apache-2.0

#include "01_01/size_classes.h"

#include <algorithm>
#include <bit>

namespace workbook {
namespace {

constexpr std::size_t kTailDivisor = 8;  // at most an eighth: 12.5 %

// The step to the next size. It is reset where a size is a power of two, so
// that neighbours stay at most an eighth apart.
std::size_t StepAfter(std::size_t size_bytes, std::size_t step_bytes) {
  if (!std::has_single_bit(size_bytes)) return step_bytes;
  if (size_bytes >= 2048) return 256;
  if (size_bytes >= 128) return size_bytes / 8;
  return size_bytes >= 32 ? 16 : 8;
}

std::size_t FewestPages(std::size_t size_bytes) {
  std::size_t span_bytes = kPageBytes;
  while (span_bytes % size_bytes > span_bytes / kTailDivisor) {
    span_bytes += kPageBytes;
  }
  return span_bytes / kPageBytes;
}

}  // namespace

void SizeClassTable::Generate() {
  std::size_t last = 0;
  std::size_t step = 8;
  for (std::size_t size = step; size <= kMaxSmallBytes; size += step) {
    step = StepAfter(size, step);
    const std::size_t pages = FewestPages(size);
    const std::size_t objects = pages * kPageBytes / size;
    const bool same_span = last > 0 && classes_[last].span_pages == pages &&
                           classes_[last].objects == objects;
    if (!same_span) ++last;
    classes_[last] = {static_cast<std::uint32_t>(size),
                      static_cast<std::uint32_t>(pages),
                      static_cast<std::uint32_t>(objects)};
  }
  std::size_t next_byte = 0;
  for (std::size_t number = 1; number < kClassCount; ++number) {
    SizeClass& entry = classes_[number];
    // What the tail can give each object, as far as the tables can tell sizes
    // apart: 8448 becomes 9472.
    const std::size_t most =
        entry.SpanBytes() / entry.objects / kCoarseStepBytes * kCoarseStepBytes;
    entry.size_bytes =
        std::max(entry.size_bytes, static_cast<std::uint32_t>(most));
    for (; next_byte <= entry.size_bytes; next_byte += 8) {
      const auto value = static_cast<std::uint8_t>(number);
      if (next_byte <= kFineBytes) fine_[next_byte / 8] = value;
      if (next_byte >= kFineBytes && next_byte % kCoarseStepBytes == 0) {
        coarse_[(next_byte - kFineBytes) / kCoarseStepBytes] = value;
      }
    }
  }
}

double SizeClassTable::WorstWaste(std::size_t number) const {
  const SizeClass& entry = classes_[number];
  const std::size_t unused =
      entry.size_bytes - classes_[number - 1].size_bytes - 1;
  return static_cast<double>(unused * entry.objects + entry.TailWasteBytes()) /
         static_cast<double>(entry.SpanBytes());
}

}  // namespace workbook
