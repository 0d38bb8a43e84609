// SPDX-License-Identifier: Apache-2.0

// Objects that came back to a central list in batches and wait for the next
// thread that needs them.
#ifndef WORKBOOK_EXERCISES_01_01_GIVEN_OBJECT_BUFFER_H_
#define WORKBOOK_EXERCISES_01_01_GIVEN_OBJECT_BUFFER_H_

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "exercises/01_01/given/size_class.h"

namespace workbook {

// A stack of addresses: threads that pass objects on to each other copy
// pointers, and no span is touched.
// Thread safety: none, but for Size(), which is perhaps a moment old.
class ObjectBuffer {
 public:
  static constexpr std::size_t kBatches = 32;

  constexpr ObjectBuffer() = default;

  // Takes as many of the objects as there is room for, at most kBatches batches
  // in all, and returns how many.
  // Cost: O(count). Its memory comes from heap.AllocateMetadata and grows from
  // one batch to kBatches by doubling.
  // On failure: without metadata it takes what it has room for.
  template <class Heap>
  std::size_t Put(void* const* objects, std::size_t count,
                  std::size_t size_bytes, Heap& heap) {
    const std::size_t size = Size();
    Grow(size + count, BatchObjects(size_bytes), heap);
    const std::size_t room = std::min(count, capacity_ - size);
    std::copy(objects, objects + room, objects_ + size);
    SetSize(size + room);
    return room;
  }

  // Writes the newest `count` of its objects, or as many as it has, to
  // `objects`, and returns how many.
  // Cost: O(count).
  std::size_t Take(void** objects, std::size_t count) {
    const std::size_t left = Size() - std::min(count, Size());
    const std::size_t taken = Size() - left;
    std::copy(objects_ + left, objects_ + left + taken, objects);
    SetSize(left);
    return taken;
  }

  std::size_t Size() const { return size_.load(std::memory_order_relaxed); }

 private:
  template <class Heap>
  void Grow(std::size_t needed, std::size_t batch, Heap& heap) {
    const std::size_t most = kBatches * batch;
    if (needed <= capacity_ || capacity_ == most) return;
    const std::size_t capacity =
        std::min(most, std::max({needed, batch, 2 * capacity_}));
    auto* const memory =
        static_cast<void**>(heap.AllocateMetadata(capacity * sizeof(void*)));
    if (memory == nullptr) return;
    std::copy(objects_, objects_ + Size(), memory);
    objects_ = memory;
    capacity_ = capacity;
  }
  void SetSize(std::size_t size) {
    size_.store(size, std::memory_order_relaxed);
  }

  void** objects_ = nullptr;
  std::size_t capacity_ = 0;
  std::atomic<std::size_t> size_{0};
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_GIVEN_OBJECT_BUFFER_H_
