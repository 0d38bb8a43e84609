// SPDX-License-Identifier: Apache-2.0

// How many slots of a flat map may still be filled, and what comes then.
#ifndef WORKBOOK_03_02_SLOT_BUDGET_H_
#define WORKBOOK_03_02_SLOT_BUDGET_H_

#include <cstddef>
#include <cstdint>

#include "exercises/03_02/given/control_bytes.h"

namespace workbook {

// The empty slots that a table may still fill. One eighth of the slots stays
// empty, so that each probe for a missing key comes to an end. A tombstone is
// not empty: it counts as filled until the next rehash.
// Thread safety: none.
class SlotBudget {
 public:
  // Makes the budget of a table with `size` entries and no tombstones: seven
  // eighths of its slots, less one for each entry.
  // REQUIRES: `capacity` is 0 or a multiple of 16; the entries fit.
  // Cost: O(1), no allocation, as for every function here.
  SlotBudget(std::size_t capacity, std::size_t size);

  // Returns whether a free slot with this control byte may be filled: always if
  // it is a tombstone, and while the budget lasts if it is empty.
  // REQUIRES: `control` is kEmpty or kDeleted.
  bool Allows(std::uint8_t control) const;

  // Notes that a free slot with this control byte is filled.
  // REQUIRES: Allows(control).
  void Fill(std::uint8_t control);

  // Returns the control byte that a full slot gets when its entry is erased.
  // `run` is the number of slots in a row, that slot among them, of which none
  // is empty. If they are fewer than a window, every window with the slot has
  // an empty one. Then no search has ever gone on past it, so that the slot
  // becomes empty and can be filled again. Otherwise it becomes a tombstone,
  // because an entry further on may have been put there when a window was full.
  // REQUIRES: `run` > 0.
  // Source: Abseil, raw_hash_set.h, erase_meta_only.
  std::uint8_t Release(std::size_t run);

  // Returns the capacity to rehash to when `size` entries leave no budget: 16
  // at first; the same capacity if `size` is at most 25/32 of it, so that
  // dropping the tombstones pays; else twice as much.
  // Source: Abseil, raw_hash_set.h, rehash_and_grow_if_necessary.
  static std::size_t NextCapacity(std::size_t size, std::size_t capacity);

  // Returns how many empty slots may still be filled. Given.
  std::size_t left() const { return left_; }  // [given]

 private:  // [given]
  std::size_t left_ = 0;
};

inline SlotBudget::SlotBudget(std::size_t capacity, std::size_t size)
    : left_(capacity - capacity / 8 - size) {}

inline bool SlotBudget::Allows(std::uint8_t control) const {
  return left_ > 0 || control == kDeleted;
}

inline void SlotBudget::Fill(std::uint8_t control) {
  if (control == kEmpty) --left_;
}

inline std::uint8_t SlotBudget::Release(std::size_t run) {
  if (run >= kWindowSlots) return kDeleted;
  ++left_;
  return kEmpty;
}

inline std::size_t SlotBudget::NextCapacity(std::size_t size,
                                            std::size_t capacity) {
  if (capacity == 0) return kWindowSlots;
  const bool cleaning_pays = 32 * size <= 25 * capacity;
  return cleaning_pays ? capacity : 2 * capacity;
}

}  // namespace workbook

#endif  // WORKBOOK_03_02_SLOT_BUDGET_H_
