#include "01_01/page_heap.h"

#include <algorithm>

namespace workbook {

Span* PageHeap::Allocate([[maybe_unused]] std::size_t pages,
                         [[maybe_unused]] std::size_t alignment_pages,
                         [[maybe_unused]] std::size_t size_class,
                         [[maybe_unused]] Pages from) {
  Todo("01_01 task 3: PageHeap::Allocate");
}

void PageHeap::Free([[maybe_unused]] Span* span) {
  Todo("01_01 task 3: PageHeap::Free");
}

bool PageHeap::Extend([[maybe_unused]] Span* span,
                      [[maybe_unused]] std::size_t extra_pages) {
  Todo("01_01 task 3: PageHeap::Extend");
}

std::size_t PageHeap::Scavenge([[maybe_unused]] std::size_t keep_bytes) {
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
