// SPDX-License-Identifier: Apache-2.0

// A pool of blocks of one size that fits what it keeps to the load.
//
// A pool that keeps everything never gives a burst back; a pool with a fixed
// limit is too small at noon and too large at night. This one looks at its load
// in windows of time and moves its limit, slowly enough not to swing with it.
#ifndef WORKBOOK_01_02_ADAPTIVE_POOL_H_
#define WORKBOOK_01_02_ADAPTIVE_POOL_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <memory_resource>
#include <span>

#include "01_02/biased_lock.h"
#include "tools/exercise/debug_check.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Returns the time of the system's last tick, on the clock of steady_clock: it
// is some milliseconds late.
// Cost: a sixth of steady_clock::now(), which asks the processor.
std::chrono::steady_clock::time_point LastTick();

struct AdaptivePoolOptions {
  std::size_t block_bytes = 0;  // at least 1
  std::size_t block_alignment = alignof(std::max_align_t);
  // The limit on what is kept moves between these two, in whole blocks.
  std::size_t min_retained_bytes = 0;
  std::size_t max_retained_bytes = std::size_t{1} << 20;
  // Of less than some ticks, it needs another clock.
  std::chrono::nanoseconds window = std::chrono::seconds(1);
  // Without it the pool belongs to one thread and takes no lock.
  bool thread_safe = true;
  // Must not throw; it is called with no lock held.
  std::function<std::chrono::steady_clock::time_point()> clock = LastTick;
  std::pmr::memory_resource* upstream = std::pmr::new_delete_resource();
};

struct AdaptivePoolStatistics {
  std::uint64_t hits = 0;    // Acquires that a kept block served
  std::uint64_t misses = 0;  // Acquires that went to upstream
  std::uint64_t drops = 0;   // Releases that found the pool full
  std::uint64_t grows = 0;   // windows at whose end the limit was raised
  std::uint64_t shrinks = 0;
  std::size_t lent_blocks = 0;
  std::size_t retained_blocks = 0;
  std::size_t retained_limit_blocks = 0;
  std::size_t held_bytes = 0;  // block bytes, lent and retained
  // Of the last closed window that had an Acquire; 1 before there is one.
  double window_hit_rate = 1;
};

// The rules, applied each time a window closes. The swing of a window is the
// most blocks lent at once less the fewest: a pool that keeps so many serves
// that window without a single call of upstream.
//   grow    hit rate < kTargetHitRate: the limit becomes the swing, but at most
//           twice what it was (or kSmallestGrowth), and at most the maximum.
//   shrink  the largest swing of the last kPatienceWindows leaves more than
//           1/kSlackDivisor of the limit unused: half of the unused part goes,
//           rounded up; blocks beyond the new limit return to upstream at once,
//           the oldest first. Never below the minimum.
// A shrink never cuts into a swing that was seen in the last kPatienceWindows,
// so the same load cannot make the limit grow and shrink in turn.
class AdaptivePool {
 public:
  // One miss in a hundred costs each Acquire 1 % of a malloc, about 0.2 ns: a
  // rarer one is not worth memory that is kept for it.
  static constexpr double kTargetHitRate = 0.99;
  // A load that comes back within so many windows finds its blocks. TCMalloc's
  // thread caches decide after one scavenge; a timer that fires every other
  // window would then meet an empty pool each time.
  static constexpr std::size_t kPatienceWindows = 4;
  // Loads jitter by some per cent: 12.5 % too much is cheaper than resizing.
  static constexpr std::size_t kSlackDivisor = 8;
  // Doubling from 0 would stay at 0.
  static constexpr std::size_t kSmallestGrowth = 8;
  // A look at the clock costs some 15 ns, the pool's own work included; a 64th
  // of it disappears in an Acquire.
  static constexpr std::uint32_t kAcquiresPerClockRead = 64;

  // Starts empty, with the minimum as its limit.
  // Cost: one allocation, of 8 bytes for each block of max_retained_bytes; the
  // system provides its pages as they are used. None if that is no block.
  // On failure: std::invalid_argument for block_bytes of 0 or above
  // PTRDIFF_MAX / 2, an alignment that is no power of two, a minimum above the
  // maximum, a window that is not positive, no clock or no upstream;
  // std::bad_alloc.
  explicit AdaptivePool(AdaptivePoolOptions options);

  // Returns the kept blocks to upstream.
  // REQUIRES: every block came back. Otherwise a debug build aborts; in an
  // optimised one the blocks that are still lent stay valid, and are leaked.
  ~AdaptivePool();

  AdaptivePool(const AdaptivePool&) = delete;
  AdaptivePool& operator=(const AdaptivePool&) = delete;

  // Lends a block: the one that came back last, else a new one of upstream. Its
  // content is indeterminate. A miss, and one Acquire in kAcquiresPerClockRead,
  // also does what Adapt does, before it takes a block.
  // Cost: hit O(1), 0 allocations; miss one upstream allocation, made with no
  // lock held.
  // Thread safety: any thread, with options.thread_safe.
  // On failure: what upstream throws, std::bad_alloc as a rule; it counts as a
  // miss, and nothing is lent.
  void* Acquire();

  // Takes a block back: keeps it below the limit, else returns it to upstream.
  // nullptr does nothing.
  // REQUIRES: `block` was lent by this pool and has not come back since; a
  // debug build aborts on a second Release and on a foreign pointer.
  // Cost: O(1), 0 allocations.
  // Thread safety: as Acquire.
  void Release(void* block);

  // Does the same for many blocks under one lock: which blocks, the counts and
  // the failures are those of single calls, except that the clock is read at
  // most once, that an AcquireBatch that fails lends none of its blocks, and
  // that kept blocks come the other way round, the one that came back last
  // behind the others: so both calls are one copy of pointers.
  void AcquireBatch(std::span<void*> blocks);
  void ReleaseBatch(std::span<void* const> blocks);

  // Makes sure that `count` blocks for requests of `size_bytes` are kept (as
  // far as the maximum allows), raises the limit to them, and starts the
  // patience anew. Returns how many of the `count` are ready: 0, with nothing
  // done, if size_bytes is larger than a block.
  // Cost: one upstream allocation for each block that is missing.
  // Thread safety: as Acquire; what others borrow meanwhile is not replaced.
  // On failure: what upstream throws; blocks made until then are kept.
  std::size_t Warm(std::size_t count, std::size_t size_bytes);

  // Closes the windows that are over and applies the rules for each, also for
  // those in which nothing happened. A pool that is not used cannot see that
  // time passes: its owner calls this from a timer or a memory monitor.
  // Cost: one clock read; a shrink O(kept blocks). A clock that goes back
  // closes nothing.
  // Thread safety: as Acquire.
  void Adapt();

  // Returns kept blocks to upstream until the minimum remains; the limit stays,
  // since less memory now does not mean less load later. Returns the bytes.
  // Cost: O(kept blocks).
  // Thread safety: as Acquire.
  std::size_t Trim();

  // Sums up what has happened; the fields belong to one moment.
  // Thread safety: as Acquire.
  AdaptivePoolStatistics Statistics() const;

 private:  // [given]
  // In front of each block in a debug build: the lent blocks form a list, so a
  // Release finds out whose block it is without reading through a pointer that
  // may be foreign, and without an allocation that a test would count.
  struct DebugLink {
    DebugLink* previous;
    DebugLink* next;
  };

  // One Acquire of kAcquiresPerClockRead goes the slow way.
  static constexpr std::size_t kHitsPerClockRead = kAcquiresPerClockRead - 1;

  struct Window {
    std::chrono::steady_clock::time_point start;
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::size_t most_lent = 0;
    std::size_t fewest_lent = 0;
  };

  // A singly linked list through the first words of blocks nobody uses.
  struct Chain {
    Chain* next;
  };

  // Does what Acquire does, on any thread: TryLend; else Adapt, then a kept
  // block, else one of upstream.
  void* AcquireSlow();
  // Does what Release does, on any thread.
  void ReleaseSlow(void* block);
  // Makes all of `blocks`, or none, with no lock held, and counts the misses.
  void LendMissing(std::span<void*> blocks);
  // Takes a block of upstream, with the header of a debug build.
  void* NewBlock() const;
  void DeleteBlock(void* block) const;
  void DeleteChain(Chain* chain) const;
  // Counts a window that is over, applies the rules, begins the next one.
  void CloseWindow() REQUIRES(lock_);
  void ApplyRules(std::size_t swing, bool too_many_misses) REQUIRES(lock_);
  // Takes kept blocks out; DeleteChain ends them, with no lock held.
  Chain* TakeOldest(std::size_t count) REQUIRES(lock_);
  // Takes lent blocks back, none of them nullptr: keeps as many as the limit
  // leaves room for, and adds the others to `dropped`, which it returns.
  Chain* TakeBack(std::span<void* const> blocks, Chain* dropped)
      REQUIRES(lock_);
  void DebugLend(void* block) REQUIRES(lock_);
  void DebugTakeBack(void* block) REQUIRES(lock_);

  // Lends the block that came back last.
  // REQUIRES: one is kept.
  void* LendKept() REQUIRES(lock_) {
    void* const block = kept_[--kept_blocks_];
    if (LentBlocks() > window_.most_lent) window_.most_lent = LentBlocks();
    if constexpr (kDebugChecks) DebugLend(block);
    return block;
  }
  // Takes a lent block back and keeps it.
  // REQUIRES: the limit leaves room.
  void Keep(void* block) REQUIRES(lock_) {
    if constexpr (kDebugChecks) DebugTakeBack(block);
    kept_[kept_blocks_++] = block;
    CountBack();
  }
  // Takes a lent block back that DeleteBlock ends, with no lock held.
  void Drop(void* block) REQUIRES(lock_) {
    if constexpr (kDebugChecks) DebugTakeBack(block);
    --held_blocks_;
    ++totals_.drops;
    CountBack();
  }
  void CountBack() REQUIRES(lock_) {
    if (LentBlocks() < window_.fewest_lent) window_.fewest_lent = LentBlocks();
  }
  // Lends a kept block as a hit. nullptr: none is kept, or the clock is due.
  // [yours]
  void* TryLend() REQUIRES(lock_) {
    if (kept_blocks_ == 0 || hits_to_clock_read_ == 0) return nullptr;
    --hits_to_clock_read_;
    return LendKept();
  }
  // Keeps a lent block. False: the limit leaves no room, and nothing changed.
  // [yours]
  bool TryKeep(void* block) REQUIRES(lock_) {
    if (kept_blocks_ == limit_blocks_) return false;
    Keep(block);
    return true;
  }
  std::size_t LentBlocks() const REQUIRES(lock_) {
    // Not a counter of its own: each call would write one word more.
    return held_blocks_ - kept_blocks_;
  }
  // Counts the hits since the last call, and begins anew to count them down.
  void SettleHits() REQUIRES(lock_) {
    window_.hits += kHitsPerClockRead - hits_to_clock_read_;
    hits_to_clock_read_ = kHitsPerClockRead;
  }

  const AdaptivePoolOptions options_;
  const std::size_t alignment_;
  const std::size_t header_bytes_;    // 0 unless this is a debug build
  const std::size_t upstream_bytes_;  // header and block
  const std::size_t min_blocks_;
  const std::size_t max_blocks_;

  mutable BiasedLock lock_;
  // Free pointers beside the blocks, not links inside them: a hit then never
  // touches the block, which measured 1.8 times faster in batches.
  std::unique_ptr<void*[]> kept_ GUARDED_BY(lock_);
  std::size_t kept_blocks_ GUARDED_BY(lock_) = 0;
  std::size_t limit_blocks_ GUARDED_BY(lock_) = 0;
  std::size_t held_blocks_ GUARDED_BY(lock_) = 0;  // lent and kept ones
  // Hits that Acquire still gives without a look at the clock. Those that it
  // gave are not in window_.hits before SettleHits.
  std::size_t hits_to_clock_read_ GUARDED_BY(lock_) = kHitsPerClockRead;
  Window window_ GUARDED_BY(lock_);
  std::array<std::size_t, kPatienceWindows> swings_ GUARDED_BY(lock_){};
  // Since the last grow or Warm.
  std::size_t windows_seen_ GUARDED_BY(lock_) = 0;
  // Hits of the open window come on top.
  AdaptivePoolStatistics totals_ GUARDED_BY(lock_);
  DebugLink lent_list_ GUARDED_BY(lock_){nullptr, nullptr};
};

// [given]
inline void* AdaptivePool::Acquire() {
  // The way that is taken calls no function: it needs no registers saved.
  if (lock_.TryLockAsOwner()) [[likely]] {
    void* const block = TryLend();
    lock_.UnlockAsOwner();
    if (block != nullptr) [[likely]] {
      return block;
    }
  }
  return AcquireSlow();
}

// [given]
inline void AdaptivePool::Release(void* block) {
  if (block == nullptr) return;
  if (lock_.TryLockAsOwner()) [[likely]] {
    const bool is_kept = TryKeep(block);
    lock_.UnlockAsOwner();
    if (is_kept) [[likely]] {
      return;
    }
  }
  ReleaseSlow(block);
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_ADAPTIVE_POOL_H_
