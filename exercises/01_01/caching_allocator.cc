// SPDX-License-Identifier: Apache-2.0

#include "01_01/caching_allocator.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace workbook {
namespace {

[[noreturn]] void AbortOnForeignPointer() {
  constexpr char kText[] =
      "CachingAllocator: a pointer to free that is not the start of a block of "
      "this allocator\n";
  [[maybe_unused]] const auto written =
      write(STDERR_FILENO, kText, sizeof(kText) - 1);
  std::abort();
}

}  // namespace

void* CachingAllocator::AllocateOfClass(std::size_t size_class) {
  ThreadCache* cache = MyCache();
  if (cache == &internal::no_cache) cache = MakeCache();
  if (cache == nullptr) {
    void* object = nullptr;
    return central_[size_class].Fetch(&object, 1) == 1 ? object : nullptr;
  }
  void* const object = cache->Pop(size_class);
  return object != nullptr ? object : cache->Refill(size_class);
}

void* CachingAllocator::AllocateUncached(std::size_t bytes) {
  if (bytes > kMaxSmallBytes) {
    const Span* const span = AllocateLarge(bytes);
    return span == nullptr ? nullptr : reinterpret_cast<void*>(span->Start());
  }
  ThreadCache* const cache = MyCache();
  if (cache != &internal::no_cache) [[likely]] {
    return cache->Refill(classes_.MallocClassOf(bytes));
  }
  // The table may not be there yet: whoever makes a cache makes it.
  MakeCache();
  return AllocateOfClass(classes_.MallocClassOf(bytes));
}

Span* CachingAllocator::AllocatePages(std::size_t bytes,
                                      std::size_t alignment_bytes) {
  if (bytes > SIZE_MAX / 2 || alignment_bytes > SIZE_MAX / 2) return nullptr;
  const auto allocate = [&](Pages from) {
    return heap_.Allocate(std::max<std::size_t>(PagesFor(bytes), 1),
                          std::max<std::size_t>(PagesFor(alignment_bytes), 1),
                          0, from);
  };
  ThreadCache* const cache = MyCache();
  if (cache == &internal::no_cache) return allocate(Pages::kAny);
  Span* span = allocate(cache->GiveBackIsDue() ? Pages::kUsed : Pages::kAny);
  if (span != nullptr) return span;
  cache->GiveBack();
  span = allocate(Pages::kUsed);
  cache->NoteGiveBack(span != nullptr);
  return span != nullptr ? span : allocate(Pages::kAny);
}

Span* CachingAllocator::AllocateLarge(std::size_t bytes) {
  if (bytes <= KeptSpans::kMaxPages * kPageBytes) {
    Span* const kept = MyCache()->Kept().Take(PagesFor(bytes));
    if (kept != nullptr) return kept;
  }
  // A thread of large blocks alone needs one as well: 92 ns a pair without.
  if (MyCache() == &internal::no_cache) MakeCache();
  return AllocatePages(bytes, 1);
}

inline void CachingAllocator::DeallocateLarge(Span* span) {
  ThreadCache* const cache = MyCache();
  if (span->pages > KeptSpans::kMaxPages || cache == &internal::no_cache) {
    heap_.Free(span);
  } else if (!cache->Kept().Put(span, heap_)) {
    AbortOnForeignPointer();
  }
}

void CachingAllocator::DeallocateOfClass(std::size_t size_class, void* block) {
  if (size_class == kTinyClass) {
    const std::lock_guard lock(tiny_mutex_);
    tiny_.Deallocate(block);
    return;
  }
  ThreadCache* cache = MyCache();
  if (cache == &internal::no_cache) cache = MakeCache();
  if (cache == nullptr) {
    central_[size_class].Release(&block, 1);
  } else {
    cache->Overflow(size_class, block);
  }
}

void CachingAllocator::DeallocateSlow(std::size_t size_class, void* block) {
  if (size_class != 0) return DeallocateOfClass(size_class, block);
  Span* const span = map_.SpanOf(block);
  if (span == nullptr || span->state != Span::State::kLarge ||
      reinterpret_cast<void*>(span->Start()) != block) [[unlikely]] {
    if (block == nullptr) return;
    AbortOnForeignPointer();
  }
  DeallocateLarge(span);
}

void* CachingAllocator::AllocateAligned(std::size_t bytes,
                                        std::size_t alignment_bytes) {
  if (MyCache() == &internal::no_cache) MakeCache();
  if (bytes <= kMaxSmallBytes && alignment_bytes <= kPageBytes) {
    const std::size_t size_class =
        classes_.AlignedClassOf(bytes, alignment_bytes);
    if (size_class != 0) return AllocateOfClass(size_class);
  }
  Span* const span = AllocatePages(bytes, alignment_bytes);
  return span == nullptr ? nullptr : reinterpret_cast<void*>(span->Start());
}

void* CachingAllocator::AllocateZeroed(std::size_t bytes) {
  if (bytes <= kMaxSmallBytes) {
    void* const block = Allocate(bytes);
    if (block != nullptr) std::memset(block, 0, bytes);
    return block;
  }
  const Span* const span = AllocateLarge(bytes);
  if (span == nullptr) return nullptr;
  void* const block = reinterpret_cast<void*>(span->Start());
  auto* const start = static_cast<std::byte*>(block);
  const std::size_t fresh_begin =
      std::min(bytes, span->fresh_begin << kPageShift);
  const std::size_t fresh_end = std::min(bytes, span->fresh_end << kPageShift);
  std::memset(start, 0, fresh_begin);
  std::memset(start + fresh_end, 0, bytes - fresh_end);
  return block;
}

void* CachingAllocator::AllocateTiny(std::size_t bytes) {
  const std::lock_guard lock(tiny_mutex_);
  return tiny_.Allocate(std::max<std::size_t>(bytes, 1));
}

std::size_t CachingAllocator::UsableSize(const void* block) const {
  if (block == nullptr) return 0;
  const std::size_t size_class = map_.ClassOf(block);
  if (size_class == kTinyClass) {
    // What follows may be another object's.
    return 1;
  }
  if (size_class != 0) return classes_[size_class].size_bytes;
  const Span* const span = map_.SpanOf(block);
  if (span == nullptr) AbortOnForeignPointer();
  return span->Bytes();
}

bool CachingAllocator::ExtendInPlace(void* block, std::size_t bytes) {
  if (map_.ClassOf(block) != 0 || bytes > SIZE_MAX / 2) return false;
  Span* const span = map_.SpanOf(block);
  const std::size_t pages = PagesFor(bytes);
  return pages <= span->pages || heap_.Extend(span, pages - span->pages);
}

void* CachingAllocator::MoveLarge(void* block, std::size_t bytes) {
  if (map_.ClassOf(block) != 0 || bytes > SIZE_MAX / 2) return nullptr;
  Span* const span = map_.SpanOf(block);
  if (span->Bytes() < kMinMovedBytes) return nullptr;
  const Span* const moved = heap_.Move(span, PagesFor(bytes));
  return moved == nullptr ? nullptr : reinterpret_cast<void*>(moved->Start());
}

std::size_t CachingAllocator::ReleaseMemory() {
  if (MyCache() != &internal::no_cache) {
    MyCache()->Flush();
    MyCache()->Kept().Flush(heap_);
  }
  {
    const std::lock_guard lock(registry_mutex_);
    Initialise();
  }
  for (std::size_t i = 1; i < kClassCount; ++i) central_[i].Flush();
  return heap_.Scavenge(0);
}

CachingAllocator::Statistics CachingAllocator::GetStatistics() {
  Statistics statistics;
  const std::lock_guard lock(registry_mutex_);
  Initialise();
  for (OwnedCache* owned = caches_; owned != nullptr; owned = owned->next) {
    statistics.thread_cache_hits += owned->cache.Hits();
    statistics.thread_cache_misses += owned->cache.Misses();
    if (owned->home != nullptr) ++statistics.thread_caches;
  }
  for (std::size_t i = 1; i < kClassCount; ++i) {
    const CentralFreeList::Statistics of_class = central_[i].GetStatistics();
    statistics.central_fetches += of_class.fetches;
    statistics.objects_out_of_centre += of_class.objects_out;
  }
  statistics.pages = heap_.GetStatistics();
  statistics.span_allocations = statistics.pages.allocations;
  return statistics;
}

}  // namespace workbook
