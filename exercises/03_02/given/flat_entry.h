// SPDX-License-Identifier: Apache-2.0

// What lies in a slot of a flat map, and how one goes over all slots.
#ifndef WORKBOOK_03_02_GIVEN_FLAT_ENTRY_H_
#define WORKBOOK_03_02_GIVEN_FLAT_ENTRY_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>
#include <utility>

#include "exercises/03_02/given/control_bytes.h"

namespace workbook {

template <class Key, class Value>
struct FlatEntry {
  static_assert(std::is_nothrow_move_constructible_v<Key> &&
                    std::is_nothrow_move_constructible_v<Value>,
                "A flat map moves its entries as it grows, and a move that "
                "throws would lose some. Fix: write noexcept on the move "
                "constructor.");

  template <class K, class... Args>
  explicit FlatEntry(std::in_place_t /*tag*/, K&& key_like, Args&&... args)
      : key(std::forward<K>(key_like)), value(std::forward<Args>(args)...) {}

  Key key;
  Value value;
};

// A forward iterator over the full slots, in the order of the slots.
template <class Entry, class Window>
class FlatIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Entry;
  using difference_type = std::ptrdiff_t;
  using pointer = const Entry*;
  using reference = const Entry&;

  FlatIterator() = default;
  // Goes to the first full slot from `slot` on; `capacity` is the end.
  FlatIterator(const Entry* entries, const std::uint8_t* controls,
               std::size_t slot, std::size_t capacity)
      : entries_(entries),
        controls_(controls),
        slot_(slot),
        capacity_(capacity) {
    SkipFreeSlots();
  }

  reference operator*() const { return entries_[slot_]; }
  pointer operator->() const { return entries_ + slot_; }
  FlatIterator& operator++() {
    ++slot_;
    SkipFreeSlots();
    return *this;
  }
  FlatIterator operator++(int) {
    FlatIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const FlatIterator& a, const FlatIterator& b) {
    return a.slot_ == b.slot_;
  }

 private:
  void SkipFreeSlots() {
    while (slot_ < capacity_) {
      const std::size_t lane = slot_ % kWindowSlots;
      const std::uint32_t full =
          (~Window(controls_ + slot_ - lane).MatchFree() & 0xFFFF) >> lane;
      if (full != 0) {
        slot_ += static_cast<std::size_t>(std::countr_zero(full));
        return;
      }
      slot_ += kWindowSlots - lane;
    }
  }

  const Entry* entries_ = nullptr;
  const std::uint8_t* controls_ = nullptr;
  std::size_t slot_ = 0;
  std::size_t capacity_ = 0;
};

// Drops tombstones by moving the entries to a new block of the same capacity.
struct IntoNewBlock {
  static constexpr bool kInPlace = false;
};

}  // namespace workbook

#endif  // WORKBOOK_03_02_GIVEN_FLAT_ENTRY_H_
