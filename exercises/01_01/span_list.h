// SPDX-License-Identifier: Apache-2.0

// Spans in lists: what the page heap and the central lists keep them in.
#ifndef WORKBOOK_01_01_SPAN_LIST_H_
#define WORKBOOK_01_01_SPAN_LIST_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "01_01/page_map.h"

namespace workbook {

// A doubly linked list of spans.
class SpanList {
 public:
  constexpr SpanList() = default;
  bool Empty() const { return first_ == nullptr; }
  Span* First() const { return first_; }
  void PushFront(Span* span);
  void Remove(Span* span);

 private:
  Span* first_ = nullptr;
};

}  // namespace workbook

#endif  // WORKBOOK_01_01_SPAN_LIST_H_
