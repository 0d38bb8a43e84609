// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/given/span_list.h"

#include <bit>

namespace workbook {

Span* SpanBins::Longest() const {
  if (!lists_[0].Empty()) return lists_[0].First();
  for (std::size_t word = filled_.size(); word-- > 0;) {
    if (filled_[word] == 0) continue;
    const auto bit =
        static_cast<std::size_t>(std::bit_width(filled_[word])) - 1;
    return lists_[word * 64 + bit].First();
  }
  return nullptr;
}

}  // namespace workbook
