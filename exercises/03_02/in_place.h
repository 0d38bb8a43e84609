// SPDX-License-Identifier: Apache-2.0

// Dropping tombstones without a second block.
#ifndef WORKBOOK_03_02_IN_PLACE_H_
#define WORKBOOK_03_02_IN_PLACE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "exercises/03_02/given/control_bytes.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Returns whether a search for `hash` meets two slots in the same window of its
// probe sequence. Given.
inline bool IsInSameWindow(std::size_t a, std::size_t b, std::size_t hash,
                           std::size_t slot_mask) {
  const std::size_t start = ProbeSequence(hash, slot_mask).start();
  return ((a - start) & slot_mask) / kWindowSlots ==
         ((b - start) & slot_mask) / kWindowSlots;
}

// A Cleanup of FlatMap, to be used where IntoNewBlock is.
struct InPlace {
  static constexpr bool kInPlace = true;

  // Gives every entry of `block`, a FlatBlock, a slot as if the block had no
  // tombstones, and makes all other slots empty. `hash_of` returns the hash of
  // a key; `free_slot` returns the first free slot of a block for a hash, where
  // a tombstone counts as free.
  // REQUIRES: `hash_of` does not throw.
  // Cost: O(block.capacity()), no allocation. Each entry moves once at most, or
  // is exchanged, by three moves, once for each entry that takes its place.
  // Thread safety: none.
  // Source: Abseil, raw_hash_set.h, drop_deletes_without_resize.
  template <class Block, class HashOf, class FreeSlot>
  static void DropTombstones(Block& block, HashOf hash_of, FreeSlot free_slot);
};

template <class Block, class HashOf, class FreeSlot>
void InPlace::DropTombstones(Block& block, HashOf hash_of, FreeSlot free_slot) {
  Todo("03_02 task 7: InPlace::DropTombstones");
}

}  // namespace workbook

#endif  // WORKBOOK_03_02_IN_PLACE_H_
