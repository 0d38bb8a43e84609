// SPDX-License-Identifier: Apache-2.0

#include "01_01/page_map.h"

namespace workbook {

bool PageMap::Prepare(std::uintptr_t first_page, std::size_t pages,
                      MetadataArena& arena) {
  const std::uintptr_t last = (first_page + pages - 1) >> kLeafBits;
  if (last >= root_.size()) return false;
  for (std::uintptr_t i = first_page >> kLeafBits; i <= last; ++i) {
    if (root_[i].load(std::memory_order_relaxed) != nullptr) continue;
    void* const memory = arena.Allocate(sizeof(Leaf));
    if (memory == nullptr) return false;
    // Zeroed by the source, and not written here: 2.25 MiB would become
    // resident.
    root_[i].store(static_cast<Leaf*>(memory), std::memory_order_release);
  }
  return true;
}

void PageMap::SetEnds(Span* span) {
  const std::uintptr_t last = span->first_page + span->pages - 1;
  LeafOf(span->first_page)->spans[span->first_page % kLeafPages] = span;
  LeafOf(last)->spans[last % kLeafPages] = span;
}

void PageMap::SetAll(Span* span, std::size_t size_class) {
  for (std::size_t i = 0; i < span->pages; ++i) {
    const std::uintptr_t page = span->first_page + i;
    Leaf* const leaf = LeafOf(page);
    leaf->spans[page % kLeafPages] = span;
    leaf->classes[page % kLeafPages] = static_cast<std::uint8_t>(size_class);
  }
}

void PageMap::ClearClasses(const Span* span) {
  for (std::size_t i = 0; i < span->pages; ++i) {
    const std::uintptr_t page = span->first_page + i;
    LeafOf(page)->classes[page % kLeafPages] = 0;
  }
}

}  // namespace workbook
