// SPDX-License-Identifier: Apache-2.0

// From an address to the span that holds it, and the memory below: where pages
// come from, and where the allocator keeps what it knows of them.
#ifndef WORKBOOK_01_01_PAGE_MAP_H_
#define WORKBOOK_01_01_PAGE_MAP_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "01_01/size_classes.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Where pages come from. An interface, so that a test can refuse any request.
class PageSource {
 public:
  // Zeroed memory that starts at a page of kPageBytes; nullptr: there is none.
  // REQUIRES: a positive multiple of kPageBytes.
  virtual void* Map(std::size_t bytes) noexcept = 0;
  // Gives the memory back, not the addresses. True: it reads as zeros when next
  // used. False: it was refused, and any part of it may be as it was.
  virtual bool Discard(void* pages, std::size_t bytes) noexcept = 0;

 protected:
  constexpr PageSource() = default;
  ~PageSource() = default;  // never deleted through this type
};

// mmap and madvise. What it has mapped stays mapped. Leaves errno alone: who
// calls knows what a refusal means. The system refuses to discard pages that
// are locked (mlock), or where a filter of system calls forbids it.
class SystemPages final : public PageSource {
 public:
  constexpr SystemPages() = default;
  void* Map(std::size_t bytes) noexcept override;
  bool Discard(void* pages, std::size_t bytes) noexcept override;
};

// Pages within a budget, given back when it dies: for tests, and for an
// allocator that must not outgrow a bound.
// REQUIRES: at most kMaxMaps maps.
// Thread safety: Map and Discard under one lock, that of the page heap.
class LimitedPages final : public PageSource {
 public:
  static constexpr std::size_t kMaxMaps = 512;

  LimitedPages() = default;
  ~LimitedPages();
  LimitedPages(const LimitedPages&) = delete;
  LimitedPages& operator=(const LimitedPages&) = delete;
  void* Map(std::size_t bytes) noexcept override;
  bool Discard(void* pages, std::size_t bytes) noexcept override;

  std::size_t maps_left = kMaxMaps;      // 0: every request is refused
  std::size_t discards_left = SIZE_MAX;  // the same for Discard
  std::size_t maps = 0;
  std::size_t mapped_bytes = 0;
  std::size_t discarded_bytes = 0;

 private:
  struct Mapping {
    void* pages;
    std::size_t bytes;
  };
  std::array<Mapping, kMaxMaps> mappings_{};
};

// Memory for what describes memory: a bump pointer that takes nothing back.
// Thread safety: none; whoever holds the page heap's lock uses it.
class MetadataArena {
 public:
  static constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

  constexpr explicit MetadataArena(PageSource& source) : source_(source) {}

  // Zeroed bytes, aligned to a cache line of 64; nullptr: the source has none,
  // and nothing has changed.
  // Cost: O(1); one Map of kChunkBytes, or of what is asked for if that is
  // more, when the chunk is used up.
  void* Allocate(std::size_t bytes);
  std::size_t BytesMapped() const { return mapped_bytes_; }

 private:
  PageSource& source_;
  std::byte* next_ = nullptr;
  std::size_t left_bytes_ = 0;
  std::size_t mapped_bytes_ = 0;
};

// A run of pages.
struct Span {
  enum class State : std::uint8_t { kFree, kSmall, kLarge, kTiny };

  std::uintptr_t first_page = 0;
  std::size_t pages = 0;
  Span* previous = nullptr;  // in whichever list holds it
  Span* next = nullptr;
  State state = State::kFree;
  std::uint8_t size_class = 0;   // of a small span
  std::uint32_t objects = 0;     // that a small span has room for
  std::uint32_t used = 0;        // objects that are not in the span
  std::uint32_t carved = 0;      // objects that were ever handed out
  void* free_objects = nullptr;  // each leads to the next
  void* side_table = nullptr;    // of a tiny span
  // A run of pages that are not resident, and read as zeros. It may be longer:
  // of several runs the longest is known.
  std::size_t fresh_begin = 0;
  std::size_t fresh_end = 0;  // both from the first page on

  std::uintptr_t Start() const { return first_page << kPageShift; }
  std::size_t Bytes() const { return pages << kPageShift; }
  std::size_t FreshPages() const { return fresh_end - fresh_begin; }
};

// page -> span and size class, for 48-bit addresses: two levels, so that a
// lookup is two loads. A leaf describes 2 GiB; its memory is touched only where
// pages are in use. Size classes have a table of their own: a free reads one
// byte, and 64 neighbouring pages share a cache line.
class PageMap {
 public:
  static constexpr std::size_t kLeafBits = 18;
  static constexpr std::size_t kRootBits = 48 - kPageShift - kLeafBits;

  constexpr PageMap() = default;

  // The size class of the small object at `pointer`; 0 for any other address,
  // nullptr and foreign ones included.
  // Cost: two loads.
  // Thread safety: any thread, for a pointer whose span does not change
  // meanwhile: whoever may ask holds an object of it.
  std::size_t ClassOf(const void* pointer) const;
  Span* SpanOf(const void* pointer) const;
  Span* SpanOfPage(std::uintptr_t page) const;

  // Makes leaves for the pages. False: no memory, and lookups are as before.
  // Thread safety: none, as for the Set functions; beside lookups, any.
  bool Prepare(std::uintptr_t first_page, std::size_t pages,
               MetadataArena& arena);
  // REQUIRES (all): the pages were prepared.
  void SetEnds(Span* span);                         // first and last page
  void SetAll(Span* span, std::size_t size_class);  // every page
  void ClearClasses(const Span* span);

 private:
  // Your data members.
};

inline std::size_t PageMap::ClassOf(const void* pointer) const {
  Todo("01_01 task 2: PageMap::ClassOf");
}

inline Span* PageMap::SpanOfPage(std::uintptr_t page) const {
  Todo("01_01 task 2: PageMap::SpanOfPage");
}

inline Span* PageMap::SpanOf(const void* pointer) const {
  return SpanOfPage(reinterpret_cast<std::uintptr_t>(pointer) >> kPageShift);
}

}  // namespace workbook

#endif  // WORKBOOK_01_01_PAGE_MAP_H_
