// SPDX-License-Identifier: Apache-2.0

// The given half of BufferPool: idle blocks by size class, for all threads.
//
// It knows which blocks are idle and how many bytes they may hold. It does not
// know which class a request needs, nor does it clear a byte: that is the
// pool's business.
#ifndef WORKBOOK_01_02_BUFFER_DEPOT_H_
#define WORKBOOK_01_02_BUFFER_DEPOT_H_

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tools/exercise/per_thread.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Memory, and how much of it may be other than zero:
// bytes [dirty_bytes, capacity_bytes) are zero, always.
struct BufferBlock {
  std::byte* data = nullptr;
  std::size_t capacity_bytes = 0;
  std::size_t dirty_bytes = 0;
  std::size_t size_class = 0;
};

// What became of the calls, of all threads.
struct BufferDepotCounts {
  std::uint64_t idle_taken = 0;
  std::uint64_t class_blocks_made = 0;
  std::uint64_t oversize_blocks_made = 0;
  std::uint64_t dropped = 0;
};

// It dies with its pool, or with the last block that was lent, whichever is
// later; so there is no destructor to call.
// Thread safety: any thread at any time, but for construction and Die.
// Source: magazines over a shared depot, as in Bonwick and Adams, "Magazines
// and Vmem" (2001).
// [given]
class BufferDepot {
 public:
  static constexpr std::size_t kMaxClasses = 32;

  // Makes a depot without blocks. No sizes: the powers of two from 64 B to
  // 1 MiB.
  // On failure: std::invalid_argument if a size is 0, if sizes do not ascend,
  // or if there are more than kMaxClasses.
  BufferDepot(std::vector<std::size_t> class_bytes, std::size_t max_held_bytes);

  // Returns the number of classes. That number itself stands for oversize.
  std::size_t ClassCount() const { return class_count_; }
  // Returns the capacity of a class's blocks, and the largest std::size_t for
  // the one behind the last: a search that ends there has found no class.
  std::size_t ClassBytes(std::size_t size_class) const {
    return class_bytes_[size_class];
  }
  // Returns the class at which to begin a search: no class below it holds
  // `min_bytes`. O(1).
  std::size_t FirstClass(std::size_t min_bytes) const {
    // `| 1`, since the bit scan has no answer for 0, and a test for it would be
    // a branch.
    const std::size_t below = min_bytes - (min_bytes != 0);
    return first_class_[static_cast<std::size_t>(std::bit_width(below | 1))];
  }

  // What is idle: a block of ClassBytes(its class), of which only the
  // first dirty_bytes may be other than zero.
  struct Idle {
    std::byte* data = nullptr;
    std::size_t dirty_bytes = 0;
  };

  // Takes an idle block of the class, this thread's newest first. Its data is
  // nullptr where there is none, above the largest class always.
  // Cost: O(1) and no lock while the thread has one to itself.
  Idle TakeIdle(std::size_t size_class) {
    Local* const local = dead_ ? nullptr : locals_->Mine();
    if (local == nullptr) [[unlikely]] {
      return TakeSlow(local, size_class);
    }
    // Above the largest class there is a magazine too, which is always empty.
    Magazine& magazine = local->magazines[size_class];
    const std::size_t count = magazine.count.load(std::memory_order_relaxed);
    if (count == 0) [[unlikely]] {
      return TakeSlow(local, size_class);
    }
    magazine.count.store(count - 1, std::memory_order_relaxed);
    CountOne(magazine.hits);
    return magazine.idle[count - 1];
  }

  // Allocates a block of the class, all of it zero if `zeroed`. Above the
  // largest class it has exactly `min_bytes`.
  // On failure: std::bad_alloc; nothing has changed.
  BufferBlock NewBlock(std::size_t size_class, std::size_t min_bytes,
                       bool zeroed);

  // Takes a block back: it is idle now, or freed if it is oversize or the
  // budget is spent.
  // Cost: O(1) and no lock while the thread has room for it. Never throws.
  void Put(const BufferBlock& block) {
    Local* const local = dead_ ? nullptr : locals_->Mine();
    if (local == nullptr) [[unlikely]] {
      return PutSlow(local, block.data, block.capacity_bytes, block.dirty_bytes,
                     block.size_class);
    }
    Magazine& magazine = local->magazines[block.size_class];
    const std::size_t count = magazine.count.load(std::memory_order_relaxed);
    if (count == magazine.reserved) [[unlikely]] {
      return PutSlow(local, block.data, block.capacity_bytes, block.dirty_bytes,
                     block.size_class);
    }
    magazine.idle[count] = {block.data, block.dirty_bytes};
    magazine.count.store(count + 1, std::memory_order_relaxed);
  }

  // Ends the pool: frees all idle blocks. The depot deletes itself now, or with
  // the last lent block.
  // REQUIRES: no other call is running.
  void Die();

  // Frees the shared idle blocks and the calling thread's.
  void Trim();
  BufferDepotCounts Counts() const;
  // Returns the capacity of the idle blocks, and of the lent ones.
  std::size_t BytesHeld() const;
  std::size_t BytesLent() const;

 private:
  using Counter = std::atomic<std::uint64_t>;

  // A thread keeps at most this many bytes, or one block, and at most this many
  // blocks of a class to itself.
  static constexpr std::size_t kKeptBytes = std::size_t{64} << 10;
  static constexpr std::size_t kKeptBlocks = 16;

  // One thread's idle blocks of one class. The pointers lie beside the blocks,
  // not in them: popping touches no cold block, and the blocks stay zero.
  struct Magazine {
    std::atomic<std::size_t> count{0};
    // Places that the budget pays for: at least count, at most keep_. Taken
    // once and kept, so that most calls of Put need no shared counter.
    std::size_t reserved = 0;
    Counter hits{0};
    std::array<Idle, kKeptBlocks> idle;
    Counter misses{0};
    // Blocks that came from elsewhere, less those that went there: all but
    // `count` of them are lent. Of one thread it may be "negative", for a
    // buffer may be released on another one; of all together it is not.
    Counter owned{0};
  };

  // Of one thread. Others read the counters only.
  struct Local {
    ~Local();
    std::array<Magazine, kMaxClasses + 1> magazines;
  };

  // What the threads exchange.
  struct alignas(64) Shared {
    mutable Mutex mutex;
    std::vector<Idle> idle GUARDED_BY(mutex);
    std::atomic<std::size_t> count{0};  // for a look without the lock
  };

  // For a counter with one writer: no atomic addition.
  static void CountOne(Counter& counter) {
    counter.store(counter.load(std::memory_order_relaxed) + 1,
                  std::memory_order_relaxed);
  }

  ~BufferDepot() = default;
  Idle TakeSlow(Local* local, std::size_t size_class);
  bool TakeShared(Local* local, std::size_t size_class, Idle* taken);
  // Not a BufferBlock: that would go through memory, also in Put's usual way.
  void PutSlow(Local* local, std::byte* data, std::size_t capacity_bytes,
               std::size_t dirty_bytes, std::size_t size_class);
  void FreeUnpooled(const BufferBlock& block);
  void Spill(Local& local, std::size_t size_class, std::size_t count);
  void Share(std::size_t size_class, std::span<const Idle> idle);
  bool ReservePlaces(Local& local, std::size_t size_class);
  bool Reserve(std::size_t size_bytes);
  void Unreserve(std::size_t size_bytes);
  void Retire(Local& local);
  template <class Visit>
  void ForEachMagazine(Visit visit) const;

  std::size_t class_count_ = 0;
  // After the last class comes one without end, of which nothing is kept.
  std::array<std::size_t, kMaxClasses + 1> class_bytes_{};
  std::array<std::size_t, kMaxClasses + 1> keep_{};
  // By bit width of (bytes - 1) | 1: the first class that may hold so many.
  std::array<std::uint8_t, 65> first_class_{};
  const std::size_t max_held_bytes_;
  bool dead_ = false;
  std::optional<PerThread<Local>> locals_;

  // Below: what is written by many threads, but rarely.
  alignas(64) std::atomic<std::size_t> reserved_bytes_{0};
  Counter dropped_{0};
  Counter oversize_{0};
  std::atomic<std::size_t> oversize_lent_{0};
  std::atomic<std::size_t> oversize_lent_bytes_{0};
  std::atomic<std::size_t> lent_after_death_{0};
  // The counters of threads that are too far in their exit to have a Local.
  std::array<Magazine, kMaxClasses> spare_;
  std::array<Shared, kMaxClasses> shared_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_BUFFER_DEPOT_H_
