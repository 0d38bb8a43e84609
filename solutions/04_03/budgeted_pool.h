// SPDX-License-Identifier: Apache-2.0

// A pool of buffers of many sizes whose memory has a limit.
#ifndef WORKBOOK_04_03_BUDGETED_POOL_H_
#define WORKBOOK_04_03_BUDGETED_POOL_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "exercises/04_03/given/pooled_buffer.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// What became of the requests, and what the pool holds.
struct BudgetFigures {
  std::uint64_t hits = 0;    // served by an idle buffer
  std::uint64_t misses = 0;  // served by a new one
  std::uint64_t refused = 0;
  std::size_t held_bytes = 0;        // lent and idle together, now
  std::size_t high_water_bytes = 0;  // the most that held_bytes has been
};

// Lends buffers of size classes and keeps those that come back. All buffers
// together, lent and idle, never hold more than the budget: neither by the
// pool's figures nor on the heap. Idle buffers make room for new ones.
//
// Invariants:
// 1. The bytes of all buffers on the heap <= held_bytes <= budget, always.
// 2. held_bytes <= high_water_bytes <= budget.
// Thread safety: any thread, for all but the destructor: every other call must
// have returned, and every buffer must be back, before it begins.
class BudgetedPool {
 public:
  using Buffer = PooledBuffer<BudgetedPool>;
  static constexpr std::size_t kMinClassBytes = 16;

  // Makes an empty pool whose buffers have the capacities `classes`. Given.
  // Cost: O(classes), two allocations.
  // On failure: std::invalid_argument where there is no class, one is smaller
  // than kMinClassBytes, or they do not rise; std::bad_alloc.
  BudgetedPool(std::span<const std::size_t> classes, std::size_t budget_bytes);
  BudgetedPool(const BudgetedPool&) = delete;
  BudgetedPool& operator=(const BudgetedPool&) = delete;

  // Frees the idle buffers. Given.
  ~BudgetedPool();

  // Lends a buffer of the smallest class that is not smaller than `size_bytes`:
  // the idle one that came back last, or else a new one. Its bytes() are all of
  // its class, and not only `size_bytes`. Where the budget has
  // no room for a new one, frees idle buffers first, the largest class first
  // and no more than needed. Refuses, with an empty buffer, where the last
  // class is too small, or where the lent buffers alone leave too little: then
  // it frees nothing.
  // Cost: O(log classes), no allocation for a hit; else one allocation, and
  // O(classes + buffers that it frees).
  // On failure: std::bad_alloc; no use is counted, and the pool holds no more
  // than before.
  Buffer Acquire(std::size_t size_bytes);

  // Makes a buffer idle. PooledBuffer calls it.
  // REQUIRES: `bytes` are those of a buffer that is lent.
  // Cost: O(log classes), no allocation: the list is in the idle buffers.
  void TakeBack(std::span<std::byte> bytes) noexcept;

  // Returns what has happened so far. Given.
  // Cost: O(1), no allocation.
  BudgetFigures Figures() const;

 private:  // [given]
  // The first bytes of an idle buffer.
  struct Idle {
    Idle* next;
  };

  // Returns the index of the class that serves the size; the number of classes
  // where none does.
  std::size_t ClassOf(std::size_t size_bytes) const;
  // Takes the first idle buffer of a class.
  // REQUIRES: there is one.
  std::byte* PopIdle(std::size_t index) REQUIRES(mutex_);

  const std::vector<std::size_t> classes_;
  const std::size_t budget_bytes_;
  mutable Mutex mutex_;
  std::vector<Idle*> idle_ GUARDED_BY(mutex_);  // a list for each class
  std::size_t idle_bytes_ GUARDED_BY(mutex_) = 0;
  BudgetFigures figures_ GUARDED_BY(mutex_);
};

}  // namespace workbook

#endif  // WORKBOOK_04_03_BUDGETED_POOL_H_
