// SPDX-License-Identifier: Apache-2.0

// Pages for descriptions: at the same addresses in each history, whatever the
// system does, and with a gap behind each map, so that no two ever join.
#ifndef WORKBOOK_EXERCISES_01_01_TESTING_CASE_PAGES_H_
#define WORKBOOK_EXERCISES_01_01_TESTING_CASE_PAGES_H_

#include <sys/mman.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "01_01/page_map.h"

namespace workbook {

// Allocates nothing: its functions run inside of calls that are counted.
// Thread safety: one thread at a time, and one object at a time.
class CasePages final : public PageSource {
 public:
  struct Range {
    std::uintptr_t first_page;
    std::size_t pages;
  };

  CasePages() = default;
  ~CasePages() { madvise(Begin(), used_bytes_, MADV_DONTNEED); }
  CasePages(const CasePages&) = delete;
  CasePages& operator=(const CasePages&) = delete;

  void* Map(std::size_t bytes) noexcept override {
    if (!has_memory || bytes > kBytes - used_bytes_ ||
        map_count_ == maps_.size()) {
      return nullptr;
    }
    std::byte* const pages = Begin() + used_bytes_;
    used_bytes_ += bytes + kPageBytes;
    maps_[map_count_++] = RangeOf(pages, bytes);
    return pages;
  }
  bool Discard(void* pages, std::size_t bytes) noexcept override {
    return madvise(pages, bytes, MADV_DONTNEED) == 0;
  }

  // What was mapped, in this order.
  std::span<const Range> maps() const { return {maps_.data(), map_count_}; }
  static std::uintptr_t FirstPage() {
    return reinterpret_cast<std::uintptr_t>(Begin()) >> kPageShift;
  }

  bool has_memory = true;

 private:
  static constexpr std::size_t kBytes = std::size_t{1} << 29;

  static std::byte* Begin() {
    // Below the heap of a case, where each sanitizer has room for it.
    constexpr std::uintptr_t kAddress = 0x7e8000000000;
    static void* const memory = mmap(
        reinterpret_cast<void*>(kAddress), 2 * kBytes, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1,
        0);
    if (memory == MAP_FAILED) std::abort();
    return static_cast<std::byte*>(memory);
  }
  static Range RangeOf(const void* pages, std::size_t bytes) {
    return {reinterpret_cast<std::uintptr_t>(pages) >> kPageShift,
            bytes >> kPageShift};
  }

  std::size_t used_bytes_ = 0;
  std::size_t map_count_ = 0;
  // A heap that never splits a span maps each for itself.
  std::array<Range, 4096> maps_{};
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_TESTING_CASE_PAGES_H_
