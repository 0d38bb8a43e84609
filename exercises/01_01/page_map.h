// SPDX-License-Identifier: Apache-2.0

// From an address to the span that holds it.
#ifndef WORKBOOK_01_01_PAGE_MAP_H_
#define WORKBOOK_01_01_PAGE_MAP_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "exercises/01_01/given/metadata_arena.h"
#include "exercises/01_01/given/span.h"

namespace workbook {

// page -> span and size class, for 48-bit addresses: two levels, so that a
// lookup is two loads. A leaf describes 2 GiB; its memory is touched only where
// pages are in use. Size classes have a table of their own: a free reads one
// byte, and 64 neighbouring pages share a cache line.
//
// As it begins: one flat table for 64 GiB of addresses, with the first page
// that is prepared in the middle. It takes 72 MiB of addresses, and pages
// beyond it can't be prepared.
class PageMap {
 public:
  static constexpr std::size_t kLeafBits = 18;
  static constexpr std::size_t kRootBits = 48 - kPageShift - kLeafBits;

  constexpr PageMap() = default;

  // Returns the size class of the small object at `pointer`; 0 for any other
  // address, nullptr and foreign ones included.
  // Cost: two loads.
  // Thread safety: any thread, for a pointer whose span does not change
  // meanwhile: whoever may ask holds an object of it.
  std::size_t ClassOf(const void* pointer) const;

  // Returns the span that was set for the page, or nullptr.
  // Cost, thread safety: as for ClassOf.
  Span* SpanOf(const void* pointer) const {
    return SpanOfPage(reinterpret_cast<std::uintptr_t>(pointer) >> kPageShift);
  }
  Span* SpanOfPage(std::uintptr_t page) const;

  // Makes leaves for the pages, where there are none yet. False: there is no
  // memory, or the pages are no 48-bit addresses; lookups are as before.
  // REQUIRES: pages >= 1.
  // Cost: O(1) for each leaf: one arena.Allocate of 2.25 MiB, untouched.
  // Thread safety: none, as for the Set functions; beside lookups, any.
  bool Prepare(std::uintptr_t first_page, std::size_t pages,
               MetadataArena& arena);

  // Leads the first and the last page to the span.
  // REQUIRES (all): the pages were prepared.
  void SetEnds(Span* span);
  // Leads every page to the span and the size class.
  void SetAll(Span* span, std::size_t size_class);
  // Sets the size class of every page to 0; spans stay.
  void ClearClasses(const Span* span);

 private:
  static constexpr std::size_t kTablePages = std::size_t{1} << 23;
  struct Table {
    std::array<std::uint8_t, kTablePages> classes;
    std::array<Span*, kTablePages> spans;
  };
  // Where the page stands in the table; kTablePages or more: nowhere.
  std::uintptr_t IndexOf(std::uintptr_t page) const {
    return page - first_page_;
  }

  std::uintptr_t first_page_ = 0;  // of the table; before that is stored
  std::atomic<Table*> table_{nullptr};
};

inline std::size_t PageMap::ClassOf(const void* pointer) const {
  const std::uintptr_t page =
      reinterpret_cast<std::uintptr_t>(pointer) >> kPageShift;
  const Table* const table = table_.load(std::memory_order_acquire);
  if (table == nullptr || IndexOf(page) >= kTablePages) return 0;
  return table->classes[IndexOf(page)];
}

inline Span* PageMap::SpanOfPage(std::uintptr_t page) const {
  const Table* const table = table_.load(std::memory_order_acquire);
  if (table == nullptr || IndexOf(page) >= kTablePages) return nullptr;
  return table->spans[IndexOf(page)];
}

}  // namespace workbook

#endif  // WORKBOOK_01_01_PAGE_MAP_H_
