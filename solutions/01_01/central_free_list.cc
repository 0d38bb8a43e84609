// SPDX-License-Identifier: Apache-2.0

#include "01_01/central_free_list.h"

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

Span* CentralFreeList::PartialSpan(Pages from) {
  if (!partial_.Empty()) return partial_.First();
  const std::size_t pages =
      statistics_.spans < kSmallSpans ? PagesFor(size_bytes_) : span_pages_;
  Span* const span = heap_->Allocate(pages, 1, size_class_, from);
  if (span == nullptr) return nullptr;
  span->objects = static_cast<std::uint32_t>(span->Bytes() / size_bytes_);
  partial_.PushFront(span);
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

// From one batch on, by doubling: most classes of most programs need no more.
void CentralFreeList::GrowBuffer(std::size_t needed) {
  const std::size_t batch = BatchObjects(size_bytes_);
  const std::size_t most = kBufferedBatches * batch;
  if (needed <= capacity_ || capacity_ == most) return;
  const std::size_t capacity =
      std::min(most, std::max({needed, batch, 2 * capacity_}));
  auto* const buffer =
      static_cast<void**>(heap_->AllocateMetadata(capacity * sizeof(void*)));
  if (buffer == nullptr) return;
  std::copy(buffer_, buffer_ + Buffered(), buffer);
  buffer_ = buffer;
  capacity_ = capacity;
}

// How many of them there was room for.
std::size_t CentralFreeList::Buffer(void* const* objects, std::size_t count) {
  const std::size_t buffered = Buffered();
  GrowBuffer(buffered + count);
  const std::size_t room = std::min(count, capacity_ - buffered);
  std::copy(objects, objects + room, buffer_ + buffered);
  SetBuffered(buffered + room);
  return room;
}

std::size_t CentralFreeList::TakeBuffered(void** objects, std::size_t count) {
  const std::size_t left = Buffered() - std::min(count, Buffered());
  const std::size_t taken = Buffered() - left;
  std::copy(buffer_ + left, buffer_ + left + taken, objects);
  SetBuffered(left);
  return taken;
}

std::size_t CentralFreeList::Fetch(void** objects, std::size_t count,
                                   Pages from) {
  const MutexLock lock(mutex_);
  std::size_t taken = TakeBuffered(objects, count);
  while (taken < count) {
    if (taken > 0 && partial_.Empty()) break;
    Span* const span = PartialSpan(from);
    if (span == nullptr) break;
    objects[taken++] = TakeFrom(span);
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
  for (std::size_t i = Buffer(objects, count); i < count; ++i) {
    GiveToSpan(objects[i]);
  }
}

void CentralFreeList::Reclaim(void* const* objects, std::size_t count) {
  const MutexLock lock(mutex_);
  statistics_.objects_out -= count;
  for (std::size_t i = 0; i < count; ++i) GiveToSpan(objects[i]);
  std::size_t buffered = Buffered();
  while (buffered > 0) GiveToSpan(buffer_[--buffered]);
  SetBuffered(0);
}

bool CentralFreeList::HasBuffered() const { return Buffered() > 0; }

CentralFreeList::Statistics CentralFreeList::GetStatistics() const {
  const MutexLock lock(mutex_);
  Statistics statistics = statistics_;
  statistics.objects_buffered = Buffered();
  return statistics;
}

}  // namespace workbook
