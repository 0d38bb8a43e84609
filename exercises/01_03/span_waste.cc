// SPDX-License-Identifier: Apache-2.0

#include "01_03/span_waste.h"

#include <algorithm>
#include <limits>

#include "tools/exercise/todo.h"

namespace workbook {

std::uint64_t SpanWaste(std::span<const std::size_t> classes,
                        std::span<const SizeCount> sizes) {
  Todo("01_03 task 6: SpanWaste");
}

std::vector<std::size_t> OptimalClassesOfSpans(std::span<const SizeCount> sizes,
                                               std::size_t max_classes) {
  Todo("01_03 task 6: OptimalClassesOfSpans");
}

}  // namespace workbook
