// SPDX-License-Identifier: Apache-2.0

#include "01_01/page_heap.h"

#include <algorithm>

#include "tools/exercise/todo.h"

namespace workbook {

Span* PageHeap::Allocate(std::size_t pages, std::size_t alignment_pages,
                         std::size_t size_class, Pages from) {
  Todo("01_01 task 3: PageHeap::Allocate");
}

void PageHeap::Free(Span* span) { Todo("01_01 task 3: PageHeap::Free"); }

bool PageHeap::Extend(Span* span, std::size_t extra_pages) {
  Todo("01_01 task 3: PageHeap::Extend");
}

std::size_t PageHeap::Scavenge(std::size_t keep_bytes) {
  Todo("01_01 task 3: PageHeap::Scavenge");
}

std::size_t PageHeap::FootprintBytes() const {
  Todo("01_01 task 3: PageHeap::FootprintBytes");
}

void* PageHeap::AllocateMetadata(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  return arena_.Allocate(bytes);
}

PageHeap::Statistics PageHeap::GetStatistics() const {
  Todo("01_01 task 3: PageHeap::GetStatistics");
}

}  // namespace workbook
