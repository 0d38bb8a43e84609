// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/given/span_list.h"

#include <bit>

namespace workbook {

void SpanList::PushFront(Span* span) {
  span->previous = nullptr;
  span->next = first_;
  if (first_ != nullptr) first_->previous = span;
  first_ = span;
}

void SpanList::Remove(Span* span) {
  (span->previous != nullptr ? span->previous->next : first_) = span->next;
  if (span->next != nullptr) span->next->previous = span->previous;
  span->previous = span->next = nullptr;
}

void SpanBins::Add(Span* span) {
  const std::size_t bin = BinOf(span->pages);
  ++spans_;
  lists_[bin].PushFront(span);
  filled_[bin / 64] |= std::uint64_t{1} << bin % 64;
}

void SpanBins::Remove(Span* span) {
  const std::size_t bin = BinOf(span->pages);
  --spans_;
  lists_[bin].Remove(span);
  if (lists_[bin].Empty()) filled_[bin / 64] &= ~(std::uint64_t{1} << bin % 64);
}

Span* SpanBins::BestFit(std::size_t pages) const {
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

Span* SpanBins::Longest() const {
  if (!lists_[0].Empty()) return lists_[0].First();
  for (std::size_t word = filled_.size(); word-- > 0;) {
    if (filled_[word] == 0) continue;
    const auto bit =
        static_cast<std::size_t>(std::bit_width(filled_[word])) - 1;
    return lists_[word * 64 + bit].First();
  }
  return nullptr;
}

}  // namespace workbook
