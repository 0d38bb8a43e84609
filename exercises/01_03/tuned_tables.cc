// SPDX-License-Identifier: Apache-2.0

#include "01_03/tuned_tables.h"

#include <algorithm>

#include "exercises/01_03/given/spans.h"
#include "tools/exercise/todo.h"

namespace workbook {

std::uint64_t PeakBytes(const Trace& trace,
                        std::span<const std::size_t> classes) {
  Todo("01_03 task 7: PeakBytes");
}

std::vector<std::size_t> WithFallback(std::span<const std::size_t> tuned,
                                      std::span<const std::size_t> fallback,
                                      double max_ratio) {
  Todo("01_03 task 7: WithFallback");
}

}  // namespace workbook
