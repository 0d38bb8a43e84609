#include "01_01/central_free_list.h"

#include <cstring>

namespace workbook {

void CentralFreeList::Init([[maybe_unused]] std::size_t size_class,
                           [[maybe_unused]] const SizeClass& shape,
                           [[maybe_unused]] PageHeap& heap,
                           [[maybe_unused]] PageMap& map) {
#if WORKBOOK_STUB
  Todo("01_01 task 4: CentralFreeList::Init");
#else
  size_class_ = size_class;
  size_bytes_ = shape.size_bytes;
  objects_a_span_ = shape.objects;
  span_pages_ = shape.span_pages;
  heap_ = &heap;
  map_ = &map;
#endif
}
#if !WORKBOOK_STUB

Span* CentralFreeList::PartialSpan() {
  if (!partial_.Empty()) return partial_.First();
  Span* const span = heap_->Allocate(span_pages_, 1, size_class_);
  if (span == nullptr) return nullptr;
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
  if (++span->used == objects_a_span_) partial_.Remove(span);
  return object;
}

void CentralFreeList::GiveToSpan(void* object) {
  Span* const span = map_->SpanOf(object);
  if (span->used == objects_a_span_) partial_.PushFront(span);
  std::memcpy(object, &span->free_objects, sizeof(void*));
  span->free_objects = object;
  if (--span->used > 0) return;
  partial_.Remove(span);
  --statistics_.spans;
  heap_->Free(span);
}
#endif

std::size_t CentralFreeList::Fetch([[maybe_unused]] void** objects,
                                   [[maybe_unused]] std::size_t count) {
#if WORKBOOK_STUB
  Todo("01_01 task 4: CentralFreeList::Fetch");
#else
  const std::lock_guard lock(mutex_);
  std::size_t taken = std::min(count, buffered_);
  buffered_ -= taken;
  if (taken > 0) {
    std::memcpy(objects, buffer_ + buffered_, taken * sizeof(void*));
  }
  while (taken < count) {
    if (taken > 0 && partial_.Empty()) break;
    Span* const span = PartialSpan();
    if (span == nullptr) break;
    objects[taken++] = TakeFrom(span);
  }
  ++statistics_.fetches;
  statistics_.objects_out += taken;
  return taken;
#endif
}

void CentralFreeList::Release([[maybe_unused]] void* const* objects,
                              [[maybe_unused]] std::size_t count) {
#if WORKBOOK_STUB
  Todo("01_01 task 4: CentralFreeList::Release");
#else
  const std::lock_guard lock(mutex_);
  ++statistics_.releases;
  statistics_.objects_out -= count;
  if (buffer_ == nullptr) {
    const std::size_t most = kBufferedBatches * BatchObjects(size_bytes_);
    buffer_ =
        static_cast<void**>(heap_->AllocateMetadata(most * sizeof(void*)));
    if (buffer_ != nullptr) capacity_ = most;
  }
  const std::size_t room = std::min(count, capacity_ - buffered_);
  if (room > 0) {
    std::memcpy(buffer_ + buffered_, objects, room * sizeof(void*));
    buffered_ += room;
  }
  for (std::size_t i = room; i < count; ++i) GiveToSpan(objects[i]);
#endif
}

void CentralFreeList::Flush() {
#if WORKBOOK_STUB
  Todo("01_01 task 4: CentralFreeList::Flush");
#else
  const std::lock_guard lock(mutex_);
  while (buffered_ > 0) GiveToSpan(buffer_[--buffered_]);
#endif
}

CentralFreeList::Statistics CentralFreeList::GetStatistics() const {
#if WORKBOOK_STUB
  Todo("01_01 task 4: CentralFreeList::GetStatistics");
#else
  const std::lock_guard lock(mutex_);
  Statistics statistics = statistics_;
  statistics.objects_buffered = buffered_;
  return statistics;
#endif
}

}  // namespace workbook
