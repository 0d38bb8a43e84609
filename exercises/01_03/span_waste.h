// SPDX-License-Identifier: Apache-2.0

// What classes waste when their blocks are cut from spans of whole pages.
#ifndef WORKBOOK_01_03_SPAN_WASTE_H_
#define WORKBOOK_01_03_SPAN_WASTE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "exercises/01_03/given/size_count.h"
#include "exercises/01_03/given/spans.h"

namespace workbook {

// Returns the bytes of the spans that hold the blocks, less what was asked for.
// A class with b blocks needs ceil(b / blocks a span) spans of SpanBytes; so
// the waste has the blocks' own, the rest behind the last block of each span,
// and the blocks of the last span that are not needed.
// REQUIRES: classes and sizes rise; each size has a class.
// Cost: O(classes + sizes); no allocation.
// Thread safety: any thread, for both functions.
std::uint64_t SpanWaste(std::span<const std::size_t> classes,
                        std::span<const SizeCount> sizes);

// Returns at most `max_classes` classes that serve all sizes, such that no
// other table of at most so many has a smaller SpanWaste. It may have fewer
// than `max_classes`, because a class more is a half-empty span more. Each
// class is a size of the histogram.
// REQUIRES: max_classes > 0; sizes rise, and 0 < size <= 32768.
// Cost: O(k n^2) time for n sizes and k classes, O(k n) memory.
// On failure: std::bad_alloc.
std::vector<std::size_t> OptimalClassesOfSpans(std::span<const SizeCount> sizes,
                                               std::size_t max_classes);

}  // namespace workbook

#endif  // WORKBOOK_01_03_SPAN_WASTE_H_
