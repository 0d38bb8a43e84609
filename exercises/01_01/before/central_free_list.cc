// SPDX-License-Identifier: Apache-2.0

#include "exercises/01_01/before/central_free_list.h"

#include <algorithm>
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
  std::size_t pages = span_pages_;
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

void CentralFreeList::Push(void* object) {
  std::memcpy(object, &free_objects_, sizeof(void*));
  free_objects_ = object;
}

void* CentralFreeList::Pop() {
  void* const object = free_objects_;
  std::memcpy(&free_objects_, object, sizeof(void*));
  return object;
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

// Returns how many of the objects went back together: the first alone.
std::size_t CentralFreeList::GiveToSpan(void* const* objects, std::size_t) {
  Push(objects[0]);
  return 1;
}

void CentralFreeList::GiveToSpans(void* const* objects, std::size_t count) {
  for (std::size_t given = 0; given < count;) {
    given += GiveToSpan(objects + given, count - given);
  }
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
  GiveToSpans(objects, count);
}

void CentralFreeList::Reclaim(void* const* objects, std::size_t count) {
  const std::lock_guard lock(mutex_);
  statistics_.objects_out -= count;
  GiveToSpans(objects, count);
}

bool CentralFreeList::HasBuffered() const { return false; }

bool CentralFreeList::MayFreeSpan(void* const*, std::size_t) const {
  return true;
}

CentralFreeList::Statistics CentralFreeList::GetStatistics() const {
  const std::lock_guard lock(mutex_);
  return statistics_;
}

}  // namespace workbook::before
