#include "01_01/span_list.h"

#include <bit>

namespace workbook {

void SpanList::PushFront([[maybe_unused]] Span* span) {
  Todo("01_01 task 3: SpanList::PushFront");
}

void SpanList::Remove([[maybe_unused]] Span* span) {
  Todo("01_01 task 3: SpanList::Remove");
}

}  // namespace workbook
