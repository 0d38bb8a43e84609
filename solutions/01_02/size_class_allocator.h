// SPDX-License-Identifier: Apache-2.0

// Any size from fixed pools: one pool for each size class.
//
// A request is rounded up to its class by a table; what is larger than the
// largest class goes to an upstream resource in whole pages.
#ifndef WORKBOOK_01_02_SIZE_CLASS_ALLOCATOR_H_
#define WORKBOOK_01_02_SIZE_CLASS_ALLOCATOR_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "01_02/fixed_size_pool.h"
#include "tools/exercise/debug_check.h"

namespace workbook {

struct SizeClass {
  std::uint32_t size_bytes;
  std::uint32_t blocks_per_chunk;  // 0: as FixedSizePool::Options says
};

// Go's 67 classes, with the number of objects that one span of Go holds.
// Source: package runtime of the Go project; testdata/go_size_classes.csv.
extern const std::array<SizeClass, 67> kGoSizeClasses;

// Blocks of any size, for one thread.
//
// Invariants:
// 1. Class c, from 1 to ClassCount(), holds every request that fits it and does
//    not fit class c - 1. Class 0 stands for large: not pooled.
// 2. A block of class c is aligned to the largest power of two that divides the
//    size of the class, at most FixedSizePool::kMaxAlignmentBytes.
class SizeClassAllocator {
 public:
  static constexpr std::size_t kMaxClassBytes = 32768;
  static constexpr std::size_t kPageBytes = 8192;
  // The lookup tables go by 8 bytes to 1024, then by 128.
  static constexpr std::size_t kFineStepBytes = 8;
  static constexpr std::size_t kFineLimitBytes = 1024;
  static constexpr std::size_t kCoarseStepBytes = 128;

  struct Options {
    // 1 to 255 classes, ascending; sizes are multiples of kFineStepBytes, above
    // kFineLimitBytes of kCoarseStepBytes; at most kMaxClassBytes.
    std::span<const SizeClass> classes = kGoSizeClasses;
    // Where large blocks come from; it must outlive the allocator.
    std::pmr::memory_resource* upstream = std::pmr::new_delete_resource();
  };

  // What is lent at this moment, and what is held for it.
  struct Statistics {
    std::size_t blocks = 0;           // lent, large ones included
    std::size_t requested_bytes = 0;  // in them, as asked for: 0 adds 0
    std::size_t lent_bytes = 0;    // in them, as rounded to classes and pages
    std::size_t large_blocks = 0;  // of them, from the upstream
    std::size_t large_bytes = 0;
    std::size_t held_bytes = 0;  // lent, idle in the pools, and bookkeeping

    // Returns the internal fragmentation, which is what rounding costs.
    std::size_t InternalWasteBytes() const {
      return lent_bytes - requested_bytes;
    }
  };

  // Makes an allocator without a chunk in any pool.
  // Cost: one allocation, of one pool a class: at most 32 KiB for Go's 67.
  // On failure: std::invalid_argument for a table that breaks the rules above
  // and for an upstream of nullptr.
  explicit SizeClassAllocator(const Options& options);
  SizeClassAllocator() : SizeClassAllocator(Options()) {}

  // Returns the chunks.
  // REQUIRES: no block is lent.
  // On failure: a debug build aborts if blocks are lent, and says "lent"
  // (DebugCheck); else pooled ones die here, and large ones stay lent by the
  // upstream.
  ~SizeClassAllocator();

  // Not movable: a memory resource over it holds its address.
  SizeClassAllocator(const SizeClassAllocator&) = delete;
  SizeClassAllocator& operator=(const SizeClassAllocator&) = delete;

  // Returns a block of at least size_bytes. 0 bytes get a block as 1 does.
  // REQUIRES: alignment_bytes is a power of two; if it is more than
  // kFineStepBytes and is not, a debug build aborts and says "power of two"
  // (DebugCheck).
  // Cost: O(1), two table look-ups, and for a larger alignment the classes up
  // to the next that has it; allocates as FixedSizePool does. An
  // alignment that the class does not have takes the next class that has it, or
  // the upstream.
  // Thread safety: none, as for every function here.
  // On failure: std::bad_alloc, also for sizes that no page count can hold;
  // nothing has changed then.
  // Source: the look-up is that of Go's mallocgc and of TCMalloc.
  void* Allocate(std::size_t size_bytes,
                 std::size_t alignment_bytes = kFineStepBytes);

  // Takes a block back.
  // REQUIRES: `block` came from Allocate(size_bytes, alignment_bytes) of this
  // allocator, and is lent. With the size told, no header and no search is
  // needed to find the pool.
  // Cost: O(1), no allocation; in a debug build O(chunks of the class).
  // On failure: a debug build aborts (DebugCheck); else undefined. It says
  // "foreign pointer, or the size is not the one asked for" for what is no
  // block of the size's class, and "double free" for a block that is not lent.
  void Deallocate(void* block, std::size_t size_bytes,
                  std::size_t alignment_bytes = kFineStepBytes);

  // Returns the class of a request, 0 for large; 0 bytes have the class of 1.
  // O(1).
  std::size_t SizeToClass(std::size_t size_bytes) const;
  // Returns the block size of a class.
  // REQUIRES: 1 <= size_class <= ClassCount().
  std::size_t ClassBytes(std::size_t size_class) const;
  std::size_t ClassCount() const;

  // Sums up what is lent and held.
  // Cost: O(classes + free blocks).
  Statistics GetStatistics() const;
  // Returns all bytes held on the heap and of the upstream.
  std::size_t BytesHeld() const;

 private:  // [given]
  // The bytes lie beside the list of the pool, in one cache line.
  struct alignas(256) Class {
    std::size_t requested_bytes = 0;  // of all lent blocks, as asked for
    FixedSizePool pool;
  };

  // Throws std::invalid_argument for a table that breaks the rules.
  static void CheckTable(std::span<const SizeClass> classes);
  // Adds the pool of one class, and calls FillTables.
  void AddClass(const SizeClass& size_class);
  // Enters class `number` in fine_ and coarse_ wherever a request has no
  // smaller class. It is called once a class, the smallest class first, and
  // begins with tables of zeros.
  void FillTables(std::uint8_t number, std::size_t size_bytes);
  // Returns the class of a request that is aligned to more than
  // kFineStepBytes: the first one that fits it and has the alignment, or 0.
  std::size_t AlignedClass(std::size_t size_bytes,
                           std::size_t alignment_bytes) const;
  // Does what Allocate does where the pool of the class has no free block: a
  // call of its own, so that what is left keeps nothing across a call.
  static void* AllocateFresh(Class& found, std::size_t size_bytes);
  // Returns `size_bytes`, at least 1, rounded up to whole pages.
  // On failure: std::bad_alloc where no std::size_t can say so many.
  static std::size_t RoundedToPages(std::size_t size_bytes);
  // Takes a block of the upstream, in whole pages; DeallocateLarge gives it
  // back. Both keep the large_ counters.
  void* AllocateLarge(std::size_t size_bytes, std::size_t alignment_bytes);
  void DeallocateLarge(void* block, std::size_t size_bytes,
                       std::size_t alignment_bytes);
  // Aborts a debug build unless the alignment is a power of two.
  static void CheckAlignment(std::size_t alignment_bytes) {
    DebugCheck(std::has_single_bit(alignment_bytes),
               "the alignment is not a power of two");
  }
  // Aborts a debug build unless `block` is one of the class's pool.
  static void CheckOwner(const Class& found, const void* block) {
    if constexpr (kDebugChecks) {
      DebugCheck(found.pool.Owns(block),
                 "foreign pointer, or the size is not the one asked for");
    }
  }

  // Class by ceil(size / 8), and by ceil((size - 1024) / 128); 0 past the
  // largest. 378 bytes, where one table by bytes would fill an L1 cache.
  std::array<std::uint8_t, kFineLimitBytes / kFineStepBytes + 1> fine_{};
  std::array<std::uint8_t,
             (kMaxClassBytes - kFineLimitBytes) / kCoarseStepBytes + 1>
      coarse_{};
  std::vector<Class> classes_;  // class c is element c - 1
  std::pmr::memory_resource* upstream_;
  std::size_t large_blocks_ = 0;
  std::size_t large_bytes_ = 0;
  std::size_t large_requested_bytes_ = 0;
};

// Lets every pmr container run on a SizeClassAllocator, which must outlive it.
// Thread safety: none.
// On failure: std::bad_alloc.
// [given]
class SizeClassResource : public std::pmr::memory_resource {
 public:
  explicit SizeClassResource(SizeClassAllocator& allocator)
      : allocator_(allocator) {}

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override;
  void do_deallocate(void* block, std::size_t bytes,
                     std::size_t alignment) override;
  // Whether blocks of one may be returned to the other.
  bool do_is_equal(const memory_resource& other) const noexcept override;

  SizeClassAllocator& allocator_;
};

// [region size_to_class]
inline std::size_t SizeClassAllocator::SizeToClass(
    std::size_t size_bytes) const {
  if (size_bytes <= kFineLimitBytes) {
    return fine_[(size_bytes + kFineStepBytes - 1) / kFineStepBytes];
  }
  if (size_bytes > kMaxClassBytes) return 0;
  return coarse_[(size_bytes - kFineLimitBytes + kCoarseStepBytes - 1) /
                 kCoarseStepBytes];
}
// [end]

inline void* SizeClassAllocator::Allocate(std::size_t size_bytes,
                                          std::size_t alignment_bytes) {
  const std::size_t size_class =
      alignment_bytes <= kFineStepBytes
          ? SizeToClass(size_bytes)
          : AlignedClass(size_bytes, alignment_bytes);
  if (size_class == 0) return AllocateLarge(size_bytes, alignment_bytes);
  Class& found = classes_[size_class - 1];
  if (!found.pool.HasFree()) [[unlikely]] {
    return AllocateFresh(found, size_bytes);
  }
  found.requested_bytes += size_bytes;
  return found.pool.Allocate();
}

// [note] CheckOwner is given.
inline void SizeClassAllocator::Deallocate(void* block, std::size_t size_bytes,
                                           std::size_t alignment_bytes) {
  const std::size_t size_class =
      alignment_bytes <= kFineStepBytes
          ? SizeToClass(size_bytes)
          : AlignedClass(size_bytes, alignment_bytes);
  if (size_class == 0) {
    return DeallocateLarge(block, size_bytes, alignment_bytes);
  }
  Class& found = classes_[size_class - 1];
  CheckOwner(found, block);
  found.pool.Deallocate(block);
  found.requested_bytes -= size_bytes;
}

}  // namespace workbook

#endif  // WORKBOOK_01_02_SIZE_CLASS_ALLOCATOR_H_
