// SPDX-License-Identifier: Apache-2.0

// Spans in lists: what the page heap and the central lists keep them in.
#ifndef WORKBOOK_EXERCISES_01_01_GIVEN_SPAN_LIST_H_
#define WORKBOOK_EXERCISES_01_01_GIVEN_SPAN_LIST_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "exercises/01_01/given/span.h"

namespace workbook {

// A doubly linked list of spans.
// Cost: O(1) each.
class SpanList {
 public:
  constexpr SpanList() = default;
  bool Empty() const { return first_ == nullptr; }
  Span* First() const { return first_; }
  void PushFront(Span* span);
  // REQUIRES: it is in this list.
  void Remove(Span* span);

 private:
  Span* first_ = nullptr;
};

// Free spans by length: a list for each page count to 255, a bit for each list
// that is not empty, and one list for all that is longer.
// Cost: O(1), but BestFit is O(spans of 256 pages and more) above 255 pages.
class SpanBins {
 public:
  constexpr SpanBins() = default;
  void Add(Span* span);
  // REQUIRES: it is in here, and as long as it was when it was added.
  void Remove(Span* span);
  // Returns the smallest of at least `pages`; nullptr: none is as long.
  Span* BestFit(std::size_t pages) const;
  // Returns one of the longest, or nearly; nullptr: there is none.
  Span* Longest() const;

 private:
  static constexpr std::size_t kBins = 256;  // bin 0: 256 pages and more

  static std::size_t BinOf(std::size_t pages) {
    return pages < kBins ? pages : 0;
  }

  std::array<SpanList, kBins> lists_{};
  std::array<std::uint64_t, kBins / 64> filled_{};
  std::size_t spans_ = 0;
};

inline void SpanList::PushFront(Span* span) {
  span->previous = nullptr;
  span->next = first_;
  if (first_ != nullptr) first_->previous = span;
  first_ = span;
}

inline void SpanList::Remove(Span* span) {
  (span->previous != nullptr ? span->previous->next : first_) = span->next;
  if (span->next != nullptr) span->next->previous = span->previous;
  span->previous = span->next = nullptr;
}

inline void SpanBins::Add(Span* span) {
  const std::size_t bin = BinOf(span->pages);
  ++spans_;
  lists_[bin].PushFront(span);
  filled_[bin / 64] |= std::uint64_t{1} << bin % 64;
}

inline void SpanBins::Remove(Span* span) {
  const std::size_t bin = BinOf(span->pages);
  --spans_;
  lists_[bin].Remove(span);
  if (lists_[bin].Empty()) filled_[bin / 64] &= ~(std::uint64_t{1} << bin % 64);
}

inline Span* SpanBins::BestFit(std::size_t pages) const {
  if (spans_ == 0) return nullptr;
  for (std::size_t bin = pages; bin < kBins; bin = (bin / 64 + 1) * 64) {
    const std::uint64_t fits = filled_[bin / 64] >> bin % 64;
    if (fits == 0) continue;
    const auto offset = static_cast<std::size_t>(std::countr_zero(fits));
    return lists_[bin + offset].First();
  }
  Span* best = nullptr;
  for (Span* span = lists_[0].First(); span != nullptr; span = span->next) {
    if (span->pages < pages) continue;
    if (best == nullptr || span->pages < best->pages) best = span;
  }
  return best;
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_GIVEN_SPAN_LIST_H_
