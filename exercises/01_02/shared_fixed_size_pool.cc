// SPDX-License-Identifier: Apache-2.0

#include "01_02/shared_fixed_size_pool.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <new>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {
namespace {

// The slots that live threads have. A thread that ends gives its slot back
// under the lock, which is what hands its caches over to the next one.
class ThreadSlots {
 public:
  std::size_t Take() {
    const std::lock_guard lock(mutex_);
    const auto slot = static_cast<std::size_t>(std::countr_one(taken_));
    if (slot < SharedFixedSizePool::kMaxCaches) {
      taken_ |= std::uint64_t{1} << slot;
    }
    return slot;
  }
  void GiveBack(std::size_t slot) {
    const std::lock_guard lock(mutex_);
    if (slot < SharedFixedSizePool::kMaxCaches) {
      taken_ &= ~(std::uint64_t{1} << slot);
    }
  }

 private:
  static_assert(SharedFixedSizePool::kMaxCaches == 64);
  std::mutex mutex_;
  std::uint64_t taken_ = 0;
};

constinit ThreadSlots thread_slots;

struct SlotOfThisThread {
  SlotOfThisThread() { internal::this_threads_slot = thread_slots.Take(); }
  ~SlotOfThisThread() {
    // Destructors of other thread_local objects may still free blocks.
    thread_slots.GiveBack(std::exchange(internal::this_threads_slot,
                                        SharedFixedSizePool::kMaxCaches));
  }
};

std::size_t AssignedSlot() {
  thread_local const SlotOfThisThread slot;
  return internal::this_threads_slot;
}

}  // namespace

SharedFixedSizePool::SharedFixedSizePool(const FixedSizePool::Options& options)
    : bounded_(options.max_blocks != FixedSizePool::kUnbounded),
      blocks_(options),
      magazines_(
          {.block_size_bytes = sizeof(Magazine), .blocks_per_chunk = 8}) {
  // Its members are given: take the next line out when you begin.
  Todo("01_02 task 7: SharedFixedSizePool::SharedFixedSizePool");
}

SharedFixedSizePool::~SharedFixedSizePool() {
  // Yours. No Todo: it may not leave a destructor.
}

std::size_t SharedFixedSizePool::BytesHeld() const {
  const std::lock_guard lock(mutex_);
  return blocks_.BytesHeld() + magazines_.BytesHeld();
}

SharedFixedSizePool::Cache* SharedFixedSizePool::AssignedCache() {
  if (bounded_) return nullptr;
  const std::size_t slot = AssignedSlot();
  return slot < kMaxCaches ? &caches_[slot] : nullptr;
}

SharedFixedSizePool::Magazine* SharedFixedSizePool::Cache::Load(
    Magazine* magazine) {
  if (loaded != nullptr) loaded->size = static_cast<std::size_t>(top - begin);
  if (magazine == nullptr) {
    top = begin = end = nullptr;
  } else {
    begin = magazine->blocks.data();
    top = begin + magazine->size;
    end = begin + kMagazineBlocks;
  }
  return std::exchange(loaded, magazine);
}

// A thread's first call comes here whatever the magazine holds that it inherits
// as loaded: only an empty one may be traded for a full one.
void* SharedFixedSizePool::AllocateSlow() {
  // A thread's first call comes here whatever its magazines hold.
  Todo("01_02 task 7: SharedFixedSizePool::AllocateSlow");
}

// As above: what is inherited as loaded may have room.
void SharedFixedSizePool::DeallocateSlow(void* block) {
  Todo("01_02 task 7: SharedFixedSizePool::DeallocateSlow");
}

void SharedFixedSizePool::PushOn(Magazine*& list, Magazine* magazine) {
  magazine->next = std::exchange(list, magazine);
}

SharedFixedSizePool::Magazine* SharedFixedSizePool::PopFrom(Magazine*& list) {
  return std::exchange(list, list->next);
}

SharedFixedSizePool::Magazine* SharedFixedSizePool::EmptyMagazine() {
  if (empty_ != nullptr) return PopFrom(empty_);
  try {
    return magazines_.Create<Magazine>();
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

void SharedFixedSizePool::Discard(Magazine* magazine) {
  if (magazine == nullptr) return;
  for (std::size_t i = 0; i < magazine->size; ++i) {
    blocks_.Deallocate(magazine->blocks[i]);
  }
  magazines_.Destroy(magazine);
}

// A block that is also in the cache of another thread, or in the depot, is
// found only when the pool is destroyed.
void SharedFixedSizePool::CheckReturned(const void* block) {
  const std::lock_guard lock(mutex_);
  DebugCheck(blocks_.Owns(block), "foreign pointer: not a block of this pool");
  const Cache* const cache = AssignedCache();
  if (cache == nullptr) return;
  const Magazine* const previous = cache->previous;
  bool found = std::find(cache->begin, cache->top, block) != cache->top;
  for (std::size_t i = 0; previous != nullptr && i < previous->size; ++i) {
    found = found || previous->blocks[i] == block;
  }
  DebugCheck(!found, "double free: the block is in this thread's cache");
}

}  // namespace workbook
