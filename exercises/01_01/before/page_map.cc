// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/before/page_map.h"

#include <algorithm>

namespace workbook::before {

bool PageMap::Prepare(std::uintptr_t first_page, std::size_t pages,
                      MetadataArena& arena) {
  if (table_.load(std::memory_order_relaxed) == nullptr) {
    void* const memory = arena.Allocate(sizeof(Table));
    if (memory == nullptr) return false;
    first_page_ = first_page - std::min(first_page, kTablePages / 2);
    table_.store(static_cast<Table*>(memory), std::memory_order_release);
  }
  return IndexOf(first_page) < kTablePages &&
         IndexOf(first_page + pages - 1) < kTablePages;
}

void PageMap::SetEnds(Span* span) {
  Table* const table = table_.load(std::memory_order_relaxed);
  const std::uintptr_t last = span->first_page + span->pages - 1;
  table->spans[IndexOf(span->first_page)] = span;
  table->spans[IndexOf(last)] = span;
}

void PageMap::SetAll(Span* span, std::size_t size_class) {
  Table* const table = table_.load(std::memory_order_relaxed);
  for (std::size_t i = 0; i < span->pages; ++i) {
    const std::uintptr_t page = span->first_page + i;
    table->spans[IndexOf(page)] = span;
    table->classes[IndexOf(page)] = static_cast<std::uint8_t>(size_class);
  }
}

void PageMap::ClearClasses(const Span* span) {
  Table* const table = table_.load(std::memory_order_relaxed);
  for (std::size_t i = 0; i < span->pages; ++i) {
    table->classes[IndexOf(span->first_page + i)] = 0;
  }
}

}  // namespace workbook::before
