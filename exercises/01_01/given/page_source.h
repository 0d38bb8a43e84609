// SPDX-License-Identifier: Apache-2.0

// Where pages come from.
#ifndef WORKBOOK_EXERCISES_01_01_GIVEN_PAGE_SOURCE_H_
#define WORKBOOK_EXERCISES_01_01_GIVEN_PAGE_SOURCE_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "exercises/01_01/given/size_class.h"

namespace workbook {

// An interface, so that a test can refuse any request.
class PageSource {
 public:
  // Returns zeroed memory that starts at a page of kPageBytes; nullptr: there
  // is none.
  // REQUIRES: a positive multiple of kPageBytes.
  virtual void* Map(std::size_t bytes) noexcept = 0;
  // Gives the memory back, not the addresses. True: it reads as zeros when next
  // used. False: it was refused, and any part of it may be as it was.
  virtual bool Discard(void* pages, std::size_t bytes) noexcept = 0;
  // Moves the memory at `from` to the addresses `to`, whose own memory is lost,
  // and copies nothing: `from` keeps its addresses, and reads as zeros when
  // next used. False: it was refused, and all is as it was.
  // REQUIRES: positive multiples of kPageBytes from Map; they do not overlap.
  virtual bool Move(void* /*from*/, void* /*to*/,
                    std::size_t /*bytes*/) noexcept {
    return false;
  }

 protected:
  constexpr PageSource() = default;
  ~PageSource() = default;  // never deleted through this type
};

// mmap, madvise and mremap. What it has mapped stays mapped. It leaves errno
// alone: its caller knows what a refusal means. The system refuses to discard
// pages that are locked (mlock), or where a filter of system calls forbids it.
// A Linux before 5.7 moves none.
class SystemPages final : public PageSource {
 public:
  // Moved memory is a mapping of its own, and splits those around it. A process
  // has 65,530 of them by default, and needs them for other things as well.
  static constexpr std::size_t kMaxMoves = 1024;

  constexpr SystemPages() = default;
  void* Map(std::size_t bytes) noexcept override;
  bool Discard(void* pages, std::size_t bytes) noexcept override;
  bool Move(void* from, void* to, std::size_t bytes) noexcept override;
};

// Pages within a budget, given back when it dies: for tests, and for an
// allocator that must not outgrow a bound.
// REQUIRES: at most kMaxMaps maps.
// Thread safety: Map and Discard under one lock, that of the page heap.
class LimitedPages final : public PageSource {
 public:
  static constexpr std::size_t kMaxMaps = 16384;

  LimitedPages() = default;
  ~LimitedPages();
  LimitedPages(const LimitedPages&) = delete;
  LimitedPages& operator=(const LimitedPages&) = delete;
  void* Map(std::size_t bytes) noexcept override;
  bool Discard(void* pages, std::size_t bytes) noexcept override;
  bool Move(void* from, void* to, std::size_t bytes) noexcept override;

  // Returns how much of a map is in memory, by mincore.
  // REQUIRES: number < maps.
  std::size_t ResidentBytesOfMap(std::size_t number) const;

  std::size_t maps_left = kMaxMaps;      // 0: every request is refused
  std::size_t discards_left = SIZE_MAX;  // the same for Discard
  std::size_t moves_left = SIZE_MAX;     // and for Move
  std::size_t maps = 0;
  std::size_t mapped_bytes = 0;
  std::size_t discarded_bytes = 0;
  std::size_t moved_bytes = 0;

 private:
  struct Mapping {
    void* pages;
    std::size_t bytes;
  };
  std::array<Mapping, kMaxMaps> mappings_;  // the first `maps` of them
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_GIVEN_PAGE_SOURCE_H_
