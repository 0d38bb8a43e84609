// SPDX-License-Identifier: Apache-2.0

#include "01_02/shared_fixed_size_pool.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <new>
#include <utility>

namespace workbook {
// [given]
namespace {

// The slots that live threads have. A thread that ends gives its slot back
// under the lock, which is what hands its caches over to the next one.
class ThreadSlots {
 public:
  std::size_t Take() {
    const MutexLock lock(mutex_);
    const auto slot = static_cast<std::size_t>(std::countr_one(taken_));
    if (slot < SharedFixedSizePool::kMaxCaches) {
      taken_ |= std::uint64_t{1} << slot;
    }
    return slot;
  }
  void GiveBack(std::size_t slot) {
    const MutexLock lock(mutex_);
    if (slot < SharedFixedSizePool::kMaxCaches) {
      taken_ &= ~(std::uint64_t{1} << slot);
    }
  }

 private:
  static_assert(SharedFixedSizePool::kMaxCaches == 64);
  Mutex mutex_;
  std::uint64_t taken_ GUARDED_BY(mutex_) = 0;
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

// [given initializers]
// [note] Its members are given: take the next line out when you begin.
SharedFixedSizePool::SharedFixedSizePool(const FixedSizePool::Options& options)
    : bounded_(options.max_blocks != FixedSizePool::kUnbounded),
      blocks_(options),
      magazines_(
          {.block_size_bytes = sizeof(Magazine), .blocks_per_chunk = 8}) {}

SharedFixedSizePool::~SharedFixedSizePool() {
  for (Cache& cache : caches_) {
    Discard(cache.Load(nullptr));
    Discard(cache.previous);
  }
  while (full_ != nullptr) Discard(PopFrom(full_));
  while (empty_ != nullptr) Discard(PopFrom(empty_));
}

// [given]
std::size_t SharedFixedSizePool::BytesHeld() const {
  const MutexLock lock(mutex_);
  return blocks_.BytesHeld() + magazines_.BytesHeld();
}

// [given]
SharedFixedSizePool::Cache* SharedFixedSizePool::AssignedCache() {
  if (bounded_) return nullptr;
  const std::size_t slot = AssignedSlot();
  return slot < kMaxCaches ? &caches_[slot] : nullptr;
}

// [given]
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
// [note] A thread's first call comes here whatever its magazines hold.
void* SharedFixedSizePool::AllocateSlow() {
  Cache* const cache = AssignedCache();
  if (cache != nullptr && !cache->Empty()) return cache->Pop();
  if (cache != nullptr && cache->previous != nullptr &&
      !cache->previous->Empty()) {
    cache->previous = cache->Load(cache->previous);
    return cache->Pop();
  }
  const MutexLock lock(mutex_);
  if (cache == nullptr) return blocks_.Allocate();
  if (full_ != nullptr) {
    Magazine* const empty = cache->Load(PopFrom(full_));
    if (empty != nullptr) PushOn(empty_, empty);
    return cache->Pop();
  }
  if (cache->loaded == nullptr) cache->Load(EmptyMagazine());
  if (cache->loaded == nullptr) return blocks_.Allocate();
  while (!cache->Full()) cache->Push(blocks_.Allocate());
  return cache->Pop();
}

// As above: what is inherited as loaded may have room.
void SharedFixedSizePool::DeallocateSlow(void* block) {
  Cache* const cache = AssignedCache();
  if (cache != nullptr && !cache->Full()) return cache->Push(block);
  if (cache != nullptr && cache->previous != nullptr &&
      !cache->previous->Full()) {
    cache->previous = cache->Load(cache->previous);
    return cache->Push(block);
  }
  const MutexLock lock(mutex_);
  Magazine* const magazine = cache == nullptr ? nullptr : EmptyMagazine();
  if (magazine == nullptr) return blocks_.Deallocate(block);
  if (cache->previous != nullptr) PushOn(full_, cache->previous);
  cache->previous = cache->Load(magazine);
  cache->Push(block);
}

// [given]
void SharedFixedSizePool::PushOn(Magazine*& list, Magazine* magazine) {
  magazine->next = std::exchange(list, magazine);
}

// [given]
SharedFixedSizePool::Magazine* SharedFixedSizePool::PopFrom(Magazine*& list) {
  return std::exchange(list, list->next);
}

// [given]
SharedFixedSizePool::Magazine* SharedFixedSizePool::EmptyMagazine() {
  if (empty_ != nullptr) return PopFrom(empty_);
  try {
    return magazines_.Create<Magazine>();
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

// [given]
void SharedFixedSizePool::Discard(Magazine* magazine) {
  if (magazine == nullptr) return;
  for (std::size_t i = 0; i < magazine->size; ++i) {
    blocks_.Deallocate(magazine->blocks[i]);
  }
  magazines_.Destroy(magazine);
}

// A block that is also in the cache of another thread, or in the depot, is
// found only when the pool is destroyed.
// [given]
void SharedFixedSizePool::CheckReturned(const void* block) {
  const MutexLock lock(mutex_);
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
