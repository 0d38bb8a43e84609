// SPDX-License-Identifier: Apache-2.0

// A growable array whose growth rule is a parameter.
#ifndef WORKBOOK_03_01_DYN_ARRAY_H_
#define WORKBOOK_03_01_DYN_ARRAY_H_

#include <cstddef>
#include <memory>
#include <utility>

namespace workbook {

// Elements side by side in one block, for one thread. `Policy` has a static
// NextCapacity(capacity, required, element_bytes), as in growth_costs.h.
//
// Invariants:
// 1. [data(), data() + size()) are objects; the rest of the block is raw bytes.
// 2. Whatever throws, the array has the elements that it had before the call.
template <class T, class Policy>
class DynArray {
 public:
  // Makes an empty array. No allocation.
  DynArray() = default;
  DynArray(const DynArray&) = delete;
  DynArray& operator=(const DynArray&) = delete;
  ~DynArray() {
    std::destroy_n(data_, size_);
    if (data_ != nullptr) std::allocator<T>().deallocate(data_, capacity_);
  }

  // Makes room for at least `required` elements in a block of the capacity that
  // Policy::NextCapacity names for capacity(), `required` and sizeof(T).
  // REQUIRES: `required` > capacity().
  // Cost: that of Reallocate.
  // On failure: as Reallocate.
  void Grow(std::size_t required);

  // Puts the elements into a block of exactly `capacity`. Moves them if their
  // move constructor is noexcept or if they cannot be copied; copies otherwise.
  // REQUIRES: `capacity` >= size() and `capacity` > 0.
  // Cost: O(size()); one allocation of capacity * sizeof(T) bytes, from
  // std::allocator<T>; the old block is freed once its elements are destroyed.
  // On failure: std::bad_alloc without memory, or what a copy throws. Then the
  // elements, the block and the capacity are as before, and nothing leaks. A
  // type that cannot be copied and whose move throws has no such guarantee.
  // Source: std::vector::reserve, [vector.capacity] of the C++ standard.
  void Reallocate(std::size_t capacity);

  // Constructs an element behind the last one.
  // REQUIRES: where the array is full, no argument refers to one of its
  // elements.
  // Cost: amortised O(1); Grow(size() + 1) when the array is full.
  // On failure: what Grow or the constructor throws; the elements stay.
  template <class... Args>
  T& EmplaceBack(Args&&... args) {
    if (size_ == capacity_) Grow(size_ + 1);
    T* const element =
        std::construct_at(data_ + size_, std::forward<Args>(args)...);
    ++size_;
    return *element;
  }

  // Destroys the last element; the block stays.
  // REQUIRES: size() > 0.
  void PopBack() { std::destroy_at(data_ + --size_); }

  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  T& operator[](std::size_t index) { return data_[index]; }
  const T& operator[](std::size_t index) const { return data_[index]; }

 private:              // [given]
  T* data_ = nullptr;  // from std::allocator<T>, for capacity_ elements
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

template <class T, class Policy>
void DynArray<T, Policy>::Grow(std::size_t required) {
  Reallocate(Policy::NextCapacity(capacity_, required, sizeof(T)));
}

template <class T, class Policy>
void DynArray<T, Policy>::Reallocate(std::size_t capacity) {
  std::allocator<T> allocator;
  T* const block = allocator.allocate(capacity);
  std::size_t built = 0;
  try {
    for (; built < size_; ++built) {
      std::construct_at(block + built, std::move_if_noexcept(data_[built]));
    }
  } catch (...) {
    std::destroy_n(block, built);
    allocator.deallocate(block, capacity);
    throw;
  }
  std::destroy_n(data_, size_);
  if (data_ != nullptr) allocator.deallocate(data_, capacity_);
  data_ = block;
  capacity_ = capacity;
}

}  // namespace workbook

#endif  // WORKBOOK_03_01_DYN_ARRAY_H_
