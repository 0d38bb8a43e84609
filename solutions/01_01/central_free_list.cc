// SPDX-License-Identifier: Apache-2.0

#include "01_01/central_free_list.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace workbook {

void CentralFreeList::Init(std::size_t size_class, const SizeClass& shape,
                           PageHeap& heap, PageMap& map) {
  size_class_ = size_class;
  size_bytes_ = shape.size_bytes;
  span_pages_ = shape.span_pages;
  heap_ = &heap;
  map_ = &map;
}

// A span of this class, in no list; nullptr: no pages.
Span* CentralFreeList::NewSpan(Pages from) {
  std::size_t pages =
      statistics_.spans < kSmallSpans ? PagesFor(size_bytes_) : span_pages_;
  if (statistics_.spans >= kManySpans) {
    pages = std::max(pages, PagesFor(BatchObjects(size_bytes_) * size_bytes_));
  }
  Span* const span = heap_->Allocate(pages, 1, size_class_, from);
  if (span == nullptr) return nullptr;
  span->objects = static_cast<std::uint32_t>(span->Bytes() / size_bytes_);
  ++statistics_.spans;
  ++statistics_.span_allocations;
  return span;
}

// Objects that were there before come first; then those that are carved now,
// the highest address first. Returns how many there were.
std::size_t CentralFreeList::TakeFrom(Span* span, void** objects,
                                      std::size_t count) {
  std::size_t taken = 0;
  void* object = span->free_objects;
  for (; taken < count && object != nullptr; ++taken) {
    objects[taken] = object;
    std::memcpy(&object, object, sizeof(void*));
  }
  span->free_objects = object;
  const std::size_t carved =
      std::min<std::size_t>(count - taken, span->objects - span->carved);
  span->carved += static_cast<std::uint32_t>(carved);
  std::uintptr_t address = span->Start() + span->carved * size_bytes_;
  for (const std::size_t end = taken + carved; taken < end; ++taken) {
    address -= size_bytes_;
    objects[taken] = reinterpret_cast<void*>(address);
  }
  span->used += static_cast<std::uint32_t>(taken);
  if (span->used == span->objects) partial_.Remove(span);
  return taken;
}

// Those of the objects that are the first one's neighbours in its span go back
// together: a span is looked up once for them. Returns how many they were.
std::size_t CentralFreeList::GiveToSpan(void* const* objects,
                                        std::size_t count) {
  Span* const span = map_->SpanOf(objects[0]);
  if (span->used == span->objects) partial_.PushFront(span);
  const std::uintptr_t start = span->Start();
  std::uint32_t carved = span->carved;
  std::uintptr_t last = carved * size_bytes_ - size_bytes_;
  void* free_objects = span->free_objects;
  std::size_t given = 0;
  for (; given < count; ++given) {
    void* const object = objects[given];
    const auto offset = reinterpret_cast<std::uintptr_t>(object) - start;
    if (offset < last) [[likely]] {
      std::memcpy(object, &free_objects, sizeof(void*));
      free_objects = object;
    } else if (offset == last) {
      last = --carved == 0 ? 0 : last - size_bytes_;
    } else {
      break;  // of another span
    }
  }
  span->carved = carved;
  span->free_objects = free_objects;
  span->used -= static_cast<std::uint32_t>(given);
  if (span->used > 0) return given;
  partial_.Remove(span);
  --statistics_.spans;
  heap_->Free(span);
  return given;
}

void CentralFreeList::GiveToSpans(void* const* objects, std::size_t count) {
  for (std::size_t given = 0; given < count;) {
    given += GiveToSpan(objects + given, count - given);
  }
}

std::size_t CentralFreeList::Fetch(void** objects, std::size_t count,
                                   Pages from) {
  const MutexLock lock(mutex_);
  std::size_t taken = buffer_.Take(objects, count);
  while (taken < count) {
    if (partial_.Empty()) {
      Span* const span = taken > 0 ? nullptr : NewSpan(from);
      if (span == nullptr) break;
      partial_.PushFront(span);
    }
    taken += TakeFrom(partial_.First(), objects + taken, count - taken);
  }
  if (taken == 0) return 0;
  ++statistics_.fetches;
  statistics_.objects_out += taken;
  return taken;
}

void CentralFreeList::Release(void* const* objects, std::size_t count) {
  const MutexLock lock(mutex_);
  ++statistics_.releases;
  statistics_.objects_out -= count;
  const std::size_t buffered = buffer_.Put(objects, count, size_bytes_, *heap_);
  GiveToSpans(objects + buffered, count - buffered);
}

void CentralFreeList::Reclaim(void* const* objects, std::size_t count) {
  const MutexLock lock(mutex_);
  statistics_.objects_out -= count;
  GiveToSpans(objects, count);
  std::array<void*, 64> batch;
  while (const std::size_t taken = buffer_.Take(batch.data(), batch.size())) {
    GiveToSpans(batch.data(), taken);
  }
}

bool CentralFreeList::HasBuffered() const { return buffer_.Size() > 0; }

bool CentralFreeList::MayFreeSpan(void* const* objects,
                                  std::size_t count) const {
  if (count == 0) return HasBuffered();
  const MutexLock lock(mutex_);
  return statistics_.spans > 1 ||
         map_->SpanOf(objects[0])->used <= count + buffer_.Size();
}

CentralFreeList::Statistics CentralFreeList::GetStatistics() const {
  const MutexLock lock(mutex_);
  Statistics statistics = statistics_;
  statistics.objects_buffered = buffer_.Size();
  return statistics;
}

}  // namespace workbook
