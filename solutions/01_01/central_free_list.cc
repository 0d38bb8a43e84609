// SPDX-License-Identifier: Apache-2.0

#include "01_01/central_free_list.h"

#include <algorithm>
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
  const std::size_t pages =
      statistics_.spans < kSmallSpans ? PagesFor(size_bytes_) : span_pages_;
  Span* const span = heap_->Allocate(pages, 1, size_class_, from);
  if (span == nullptr) return nullptr;
  span->objects = static_cast<std::uint32_t>(span->Bytes() / size_bytes_);
  ++statistics_.spans;
  ++statistics_.span_allocations;
  return span;
}

void* CentralFreeList::TakeFrom(Span* span) {
  void* object = span->free_objects;
  if (object != nullptr) {
    std::memcpy(&span->free_objects, object, sizeof(void*));
  } else {
    object =
        reinterpret_cast<void*>(span->Start() + span->carved++ * size_bytes_);
  }
  if (++span->used == span->objects) partial_.Remove(span);
  return object;
}

void CentralFreeList::GiveToSpan(void* object) {
  Span* const span = map_->SpanOf(object);
  if (span->used == span->objects) partial_.PushFront(span);
  const std::uintptr_t last = span->Start() + (span->carved - 1) * size_bytes_;
  if (reinterpret_cast<std::uintptr_t>(object) == last) {
    --span->carved;
  } else {
    std::memcpy(object, &span->free_objects, sizeof(void*));
    span->free_objects = object;
  }
  if (--span->used > 0) return;
  partial_.Remove(span);
  --statistics_.spans;
  heap_->Free(span);
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
    objects[taken++] = TakeFrom(partial_.First());
  }
  if (taken == 0) return 0;
  std::reverse(objects, objects + taken);
  ++statistics_.fetches;
  statistics_.objects_out += taken;
  return taken;
}

void CentralFreeList::Release(void* const* objects, std::size_t count) {
  const MutexLock lock(mutex_);
  ++statistics_.releases;
  statistics_.objects_out -= count;
  for (std::size_t i = buffer_.Put(objects, count, size_bytes_, *heap_);
       i < count; ++i) {
    GiveToSpan(objects[i]);
  }
}

void CentralFreeList::Reclaim(void* const* objects, std::size_t count) {
  const MutexLock lock(mutex_);
  statistics_.objects_out -= count;
  for (std::size_t i = 0; i < count; ++i) GiveToSpan(objects[i]);
  void* object = nullptr;
  while (buffer_.Take(&object, 1) == 1) GiveToSpan(object);
}

bool CentralFreeList::HasBuffered() const { return buffer_.Size() > 0; }

CentralFreeList::Statistics CentralFreeList::GetStatistics() const {
  const MutexLock lock(mutex_);
  Statistics statistics = statistics_;
  statistics.objects_buffered = buffer_.Size();
  return statistics;
}

}  // namespace workbook
