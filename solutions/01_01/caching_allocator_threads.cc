// SPDX-License-Identifier: Apache-2.0

// Which thread has which cache: from its first allocation to its end, and in a
// child after fork.
#include <pthread.h>

#include <atomic>
#include <cerrno>
#include <new>
#include <stdexcept>

#include "01_01/caching_allocator.h"

namespace workbook {
namespace internal {

constinit ThreadCache no_cache;

constinit thread_local ThreadCache* thread_caches[kAllocatorSlots] = {
    &no_cache, &no_cache, &no_cache, &no_cache, &no_cache, &no_cache,
    &no_cache, &no_cache, &no_cache, &no_cache, &no_cache, &no_cache,
    &no_cache, &no_cache, &no_cache, &no_cache};

}  // namespace internal

namespace {

constinit std::atomic<CachingAllocator*> owners[internal::kAllocatorSlots] = {};
// An allocator dies, or a thread retires its caches: one at a time. Taken
// before any registry, never inside.
constinit ForkMutex exit_mutex;
constinit pthread_key_t exit_key = 0;
constinit pthread_once_t exit_key_once = PTHREAD_ONCE_INIT;
// A process has 1024 keys, and strangers may have taken them all.
constinit std::atomic<bool> has_exit_key = false;
// Late in its exit no hook runs for a new cache: the thread goes without one.
constinit thread_local bool exiting __attribute__((tls_model("initial-exec"))) =
    false;

std::size_t ClaimSlot(CachingAllocator* allocator) {
  for (std::size_t slot = 1; slot < internal::kAllocatorSlots; ++slot) {
    CachingAllocator* expected = nullptr;
    if (owners[slot].compare_exchange_strong(expected, allocator)) return slot;
  }
  throw std::length_error("15 CachingAllocators are alive: destroy one first");
}

}  // namespace

CachingAllocator::CachingAllocator(PageSource& source)
    : CachingAllocator(source, ProcessWide{}) {
  slot_ = ClaimSlot(this);
  const MutexLock lock(registry_mutex_);
  Initialise();
}

CachingAllocator::~CachingAllocator() {
  const MutexLock exit_lock(exit_mutex);
  const MutexLock lock(registry_mutex_);
  for (OwnedCache* owned = caches_; owned != nullptr; owned = owned->next) {
    if (owned->home != nullptr) *owned->home = &internal::no_cache;
  }
  owners[slot_].store(nullptr);
}

void CachingAllocator::Initialise() {
  if (initialised_) return;
  classes_.Generate();
  for (std::size_t i = 1; i < kClassCount; ++i) {
    central_[i].Init(i, classes_[i], heap_, map_);
  }
  owners[slot_].store(this);
  pthread_once(&exit_key_once, [] {
    has_exit_key = pthread_key_create(&exit_key, &OnThreadExit) == 0;
  });
  initialised_ = true;
}

CachingAllocator::OwnedCache* CachingAllocator::RetiredOrNewCache() {
  for (OwnedCache* owned = caches_; owned != nullptr; owned = owned->next) {
    if (owned->home == nullptr && !owned->is_lost) return owned;
  }
  // Together: of two, the second may be refused, and the first is never freed.
  void* const memory = heap_.AllocateMetadata(
      sizeof(OwnedCache) + CacheRoom::SlotBytes(classes_.data()));
  if (memory == nullptr) return nullptr;
  auto* const owned = ::new (memory) OwnedCache{};
  owned->cache.SetUp(classes_.data(), central_.data(), heap_,
                     reinterpret_cast<void**>(owned + 1));
  owned->next = caches_;
  caches_ = owned;
  return owned;
}

// nullptr: no memory for one, or no hook would run when the thread ends.
ThreadCache* CachingAllocator::MakeCache() {
  ThreadCache*& mine = internal::thread_caches[slot_];
  {
    const MutexLock lock(registry_mutex_);
    Initialise();
    if (exiting || !has_exit_key) return nullptr;
    OwnedCache* const owned = RetiredOrNewCache();
    if (owned == nullptr) return nullptr;
    owned->home = &mine;
    mine = &owned->cache;
  }
  // Last: for a late key this allocates, and now finds the cache.
  const int kept_errno = errno;  // free comes here as well
  const int error = pthread_setspecific(exit_key, &internal::thread_caches);
  errno = kept_errno;
  if (error == 0) return mine;
  RetireMine();
  return nullptr;
}

void CachingAllocator::RetireMine() {
  ThreadCache*& mine = internal::thread_caches[slot_];
  const MutexLock lock(registry_mutex_);
  for (OwnedCache* owned = caches_; owned != nullptr; owned = owned->next) {
    if (owned->home != &mine) continue;
    mine = &internal::no_cache;
    owned->home = nullptr;
    owned->cache.Flush();
    owned->cache.Kept().Flush(heap_);
  }
}

void CachingAllocator::OnThreadExit(void*) {
  exiting = true;
  const MutexLock lock(exit_mutex);  // no allocator dies meanwhile
  for (std::size_t slot = 0; slot < internal::kAllocatorSlots; ++slot) {
    if (internal::thread_caches[slot] == &internal::no_cache) continue;
    CachingAllocator* const owner = owners[slot].load();
    if (owner != nullptr) owner->RetireMine();
  }
}

void CachingAllocator::LockForFork() {
  exit_mutex.LockForFork();
  registry_mutex_.LockForFork();
  tiny_mutex_.LockForFork();
  for (CentralFreeList& list : central_) list.Lock();
  heap_.Lock();
}

void CachingAllocator::UnlockAfterFork() {
  heap_.Unlock();
  for (CentralFreeList& list : central_) list.Unlock();
  tiny_mutex_.UnlockAfterFork();
  registry_mutex_.UnlockAfterFork();
  exit_mutex.UnlockAfterFork();
}

void CachingAllocator::UnlockInChild() NO_THREAD_SAFETY_ANALYSIS {
  // LockForFork holds every lock, and the analysis sees none over a fork.
  // A new thread may get the stack of one that is gone, and its variables at
  // the same address: it must not take the cache for its own.
  for (OwnedCache* owned = caches_; owned != nullptr; owned = owned->next) {
    if (owned->home == nullptr) continue;
    if (owned->home == &internal::thread_caches[slot_]) continue;
    owned->home = nullptr;
    owned->is_lost = true;
  }
  UnlockAfterFork();
}

}  // namespace workbook
