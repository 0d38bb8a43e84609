// SPDX-License-Identifier: Apache-2.0

#include "01_01/span_list.h"

#include <bit>

#include "tools/exercise/todo.h"

namespace workbook {

void SpanList::PushFront(Span* span) {
  Todo("01_01 task 3: SpanList::PushFront");
}

void SpanList::Remove(Span* span) { Todo("01_01 task 3: SpanList::Remove"); }

}  // namespace workbook
