// SPDX-License-Identifier: Apache-2.0

#include "01_02/shared_fixed_size_pool.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <new>
#include <utility>

namespace workbook {
// [given]
namespace internal {

constinit thread_local std::size_t this_threads_slot = kSlotUnassigned;

}  // namespace internal

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

// [given]
SharedFixedSizePool::SharedFixedSizePool(const FixedSizePool::Options& options)
    : bounded_(options.max_blocks != FixedSizePool::kUnbounded),
      blocks_(options),
      magazines_(
          {.block_size_bytes = sizeof(Magazine), .blocks_per_chunk = 8}) {}

SharedFixedSizePool::~SharedFixedSizePool() {
  for (const Cache& cache : caches_) {
    Discard(cache.loaded);
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
SharedFixedSizePool::Cache* SharedFixedSizePool::ThisThreadsCache() {
  if (bounded_) return nullptr;
  const std::size_t slot = AssignedSlot();
  return slot < kMaxCaches ? &caches_[slot] : nullptr;
}

// A thread's first call comes here whatever the magazine holds that it inherits
// as loaded: only an empty one may be traded for a full one.
// [note] A thread's first call comes here whatever its magazines hold.
void* SharedFixedSizePool::AllocateSlow() {
  Cache* const cache = ThisThreadsCache();
  if (cache != nullptr && cache->loaded != nullptr && !cache->loaded->Empty()) {
    return cache->loaded->Pop();
  }
  if (cache != nullptr && cache->previous != nullptr &&
      !cache->previous->Empty()) {
    std::swap(cache->loaded, cache->previous);
    return cache->loaded->Pop();
  }
  const MutexLock lock(mutex_);
  if (cache == nullptr) return blocks_.Allocate();
  if (full_ != nullptr) {
    if (cache->loaded != nullptr) PushOn(empty_, cache->loaded);
    cache->loaded = PopFrom(full_);
    return cache->loaded->Pop();
  }
  if (cache->loaded == nullptr) cache->loaded = EmptyMagazine();
  if (cache->loaded == nullptr) return blocks_.Allocate();
  while (!cache->loaded->Full()) cache->loaded->Push(blocks_.Allocate());
  return cache->loaded->Pop();
}

// As above: what is inherited as loaded may have room.
void SharedFixedSizePool::DeallocateSlow(void* block) {
  Cache* const cache = ThisThreadsCache();
  if (cache != nullptr && cache->loaded != nullptr && !cache->loaded->Full()) {
    return cache->loaded->Push(block);
  }
  if (cache != nullptr && cache->previous != nullptr &&
      !cache->previous->Full()) {
    std::swap(cache->loaded, cache->previous);
    return cache->loaded->Push(block);
  }
  const MutexLock lock(mutex_);
  Magazine* const magazine = cache == nullptr ? nullptr : EmptyMagazine();
  if (magazine == nullptr) return blocks_.Deallocate(block);
  if (cache->previous != nullptr) PushOn(full_, cache->previous);
  cache->previous = std::exchange(cache->loaded, magazine);
  cache->loaded->Push(block);
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
  while (!magazine->Empty()) blocks_.Deallocate(magazine->Pop());
  magazines_.Destroy(magazine);
}

// A block that is also in the cache of another thread, or in the depot, is
// found only when the pool is destroyed.
// [given]
void SharedFixedSizePool::CheckReturned(const void* block) {
  const MutexLock lock(mutex_);
  DebugCheck(blocks_.Owns(block), "foreign pointer: not a block of this pool");
  const Cache* const cache = ThisThreadsCache();
  if (cache == nullptr) return;
  for (const Magazine* each : {cache->loaded, cache->previous}) {
    if (each == nullptr) continue;
    const auto end =
        each->blocks.begin() + static_cast<std::ptrdiff_t>(each->size);
    DebugCheck(std::find(each->blocks.begin(), end, block) == end,
               "double free: the block is in this thread's cache");
  }
}

}  // namespace workbook
