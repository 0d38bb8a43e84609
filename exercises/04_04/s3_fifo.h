// SPDX-License-Identifier: Apache-2.0

// An order of eviction that a scan does not spoil.
#ifndef WORKBOOK_04_04_S3_FIFO_H_
#define WORKBOOK_04_04_S3_FIFO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "exercises/04_04/given/cache_entry.h"

namespace workbook {

// S3-FIFO: a small queue for a tenth of the bytes takes what is new, a main
// queue what was asked for again, and a ghost table remembers the names of what
// was evicted from the small queue. No list is touched on a hit. It departs
// from the paper in one point: one hit in the small queue is enough to move an
// entry to the main queue, where the paper asks for two.
// Source: Yang, Zhang, Qiu, Yue, Rashmi, "FIFO queues are all you need for
// cache eviction", SOSP 2023, with a table of ghosts as its section 4.3 has.
// Thread safety: one thread at a time for each object.
class S3FifoOrder : public EvictionOrder {
 public:
  // Returns the size of the ghost table: eight bytes a slot.
  std::size_t TableBytes(std::size_t slots) const override;
  // Allocates the ghost table.
  // Cost: TableBytes(slots), here and never again.
  void Start(std::size_t slots, std::size_t entry_budget_bytes) override;

  // Puts `entry` in front of the main queue if it was known, or if its name is
  // remembered and at most as many names were remembered after it as the order
  // has entries, without `entry` itself; else in front of the small one. Unless
  // it was known, its name is forgotten then, whichever queue it goes to.
  // Cost: O(1), no allocation.
  void OnInsert(CacheEntry& entry, bool was_known) override;
  // Counts a use, up to three.
  // Cost: O(1); no list is touched.
  void OnHit(CacheEntry& entry) override;
  // Takes `entry` out of its queue. What was erased is no ghost.
  // Cost: O(1).
  void OnRemove(CacheEntry& entry) override;
  // Returns the oldest entry of the small queue that has no use, and remembers
  // its name, where that queue has a tenth of the budget or more, or the main
  // queue is empty; entries before it that have uses go to the front of the
  // main queue, and their uses are forgotten. Else, or where none of the small
  // queue is without use, returns the oldest entry of the main queue that has
  // no use; entries before it lose one use and go to the front.
  // Cost: O(1) amortised, no allocation.
  CacheEntry& Victim() override;

 private:
  enum Queue : std::uint8_t { kSmall, kMain };
  struct Ghost {
    std::uint32_t fingerprint = 0;  // the upper half of a hash
    std::uint32_t left_at = 0;      // the value of names_ then; 0: no ghost
  };

  void Push(Queue queue, CacheEntry& entry);
  void Unlink(CacheEntry& entry);
  CacheEntry* VictimOfSmall();
  CacheEntry& VictimOfMain();
  void Remember(std::uint64_t hash);
  bool WasGhost(std::uint64_t hash);

  std::array<EntryList, 2> lists_;
  std::vector<Ghost> ghosts_;    // one a slot: the younger one stays
  std::size_t small_bytes_ = 0;  // a tenth of the budget
  std::uint32_t names_ = 0;      // that were remembered
  std::uint64_t entries_ = 0;    // now
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_S3_FIFO_H_
