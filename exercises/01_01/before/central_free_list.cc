// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/before/central_free_list.h"

#include <cstring>

namespace workbook::before {

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
  Span* const span = heap_->Allocate(span_pages_, 1, size_class_, from);
  if (span == nullptr) return nullptr;
  span->objects = static_cast<std::uint32_t>(span->Bytes() / size_bytes_);
  ++statistics_.spans;
  ++statistics_.span_allocations;
  return span;
}

void CentralFreeList::Push(void* object) {
  std::memcpy(object, &free_objects_, sizeof(void*));
  free_objects_ = object;
}

void* CentralFreeList::Pop() {
  void* const object = free_objects_;
  std::memcpy(&free_objects_, object, sizeof(void*));
  return object;
}

bool CentralFreeList::AddSpan(Pages from) {
  Span* const span = NewSpan(from);
  if (span == nullptr) return false;
  for (std::uint32_t i = span->objects; i > 0; --i) {
    Push(reinterpret_cast<void*>(span->Start() + (i - 1) * size_bytes_));
  }
  return true;
}

std::size_t CentralFreeList::Fetch(void** objects, std::size_t count,
                                   Pages from) {
  const std::lock_guard lock(mutex_);
  std::size_t taken = 0;
  while (taken < count) {
    if (free_objects_ == nullptr && (taken > 0 || !AddSpan(from))) break;
    objects[taken++] = Pop();
  }
  if (taken == 0) return 0;
  ++statistics_.fetches;
  statistics_.objects_out += taken;
  return taken;
}

void CentralFreeList::Release(void* const* objects, std::size_t count) {
  const std::lock_guard lock(mutex_);
  ++statistics_.releases;
  statistics_.objects_out -= count;
  for (std::size_t i = 0; i < count; ++i) Push(objects[i]);
}

void CentralFreeList::Reclaim(void* const* objects, std::size_t count) {
  const std::lock_guard lock(mutex_);
  statistics_.objects_out -= count;
  for (std::size_t i = 0; i < count; ++i) Push(objects[i]);
}

bool CentralFreeList::HasBuffered() const { return false; }

CentralFreeList::Statistics CentralFreeList::GetStatistics() const {
  const std::lock_guard lock(mutex_);
  return statistics_;
}

}  // namespace workbook::before
