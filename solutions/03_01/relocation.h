// SPDX-License-Identifier: Apache-2.0

// Moving elements without their constructors: bytes are enough for many types.
#ifndef WORKBOOK_03_01_RELOCATION_H_
#define WORKBOOK_03_01_RELOCATION_H_

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace workbook {

// Returns whether a T may change its address by a copy of its bytes, after
// which the old bytes are no object. A type with a destructor says so itself,
// by a member `using TriviallyRelocatable = std::true_type;`. Given.
// Source: P1144 (A. O'Dwyer) and folly::IsRelocatable.
// [given]
template <class T>
constexpr bool IsTriviallyRelocatable() {
  if constexpr (requires { typename T::TriviallyRelocatable; }) {
    return T::TriviallyRelocatable::value;
  } else {
    return std::is_trivially_copyable_v<T>;
  }
}

// Moves `count` objects from `from` to `to`, where there are none, and leaves
// none at `from`. Copies their bytes if IsTriviallyRelocatable<T>(), and calls
// neither constructor nor destructor then; else moves and destroys each.
// REQUIRES: the two ranges do not overlap; moving a T throws nothing.
// Cost: O(count), no allocation.
// Thread safety: none, as for every function of this file.
template <class T>
void Relocate(T* from, std::size_t count, T* to) {
  static_assert(IsTriviallyRelocatable<T>() ||
                std::is_nothrow_move_constructible_v<T>);
  if constexpr (IsTriviallyRelocatable<T>()) {
    // memcpy from or to a null pointer is undefined, even for no bytes.
    if (count == 0) return;
    std::memcpy(static_cast<void*>(to), static_cast<const void*>(from),
                count * sizeof(T));
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      std::construct_at(to + i, std::move(from[i]));
      std::destroy_at(from + i);
    }
  }
}

// Puts `count` objects of a block that malloc made (or of nullptr) into a block
// for `capacity` of them, and returns that; the old block is gone. Asks realloc
// if IsTriviallyRelocatable<T>(), which may grow the block where it lies; else
// takes a new block by malloc, relocates, and frees.
// REQUIRES: `capacity` >= `count`, `capacity` > 0.
// Cost: O(count); one call of realloc, or one of malloc and one of free.
// On failure: std::bad_alloc; the old block is as it was.
template <class T>
T* ReallocateBlock(T* block, std::size_t count, std::size_t capacity) {
  static_assert(alignof(T) <= alignof(std::max_align_t));
  const std::size_t bytes = capacity * sizeof(T);
  if constexpr (IsTriviallyRelocatable<T>()) {
    void* const next = std::realloc(static_cast<void*>(block), bytes);
    if (next == nullptr) throw std::bad_alloc();
    return static_cast<T*>(next);
  } else {
    T* const next = static_cast<T*>(std::malloc(bytes));
    if (next == nullptr) throw std::bad_alloc();
    Relocate(block, count, next);
    std::free(block);
    return next;
  }
}

// An array that grows by ReallocateBlock, to twice its capacity. Given.
template <class T>
class RelocatingArray {
 public:
  RelocatingArray() = default;
  RelocatingArray(const RelocatingArray&) = delete;
  RelocatingArray& operator=(const RelocatingArray&) = delete;
  ~RelocatingArray() {
    std::destroy_n(data_, size_);
    std::free(data_);
  }

  // Constructs an element behind the last one.
  // REQUIRES: no argument refers to an element of this array.
  // On failure: std::bad_alloc, or what the constructor throws; nothing changes
  // but the capacity.
  template <class... Args>
  T& EmplaceBack(Args&&... args) {
    if (size_ == capacity_) {
      const std::size_t capacity = capacity_ == 0 ? 4 : 2 * capacity_;
      data_ = ReallocateBlock(data_, size_, capacity);
      capacity_ = capacity;
    }
    T* const element =
        std::construct_at(data_ + size_, std::forward<Args>(args)...);
    ++size_;
    return *element;
  }

  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  T* data() { return data_; }
  T& operator[](std::size_t index) { return data_[index]; }

 private:  // [given]
  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_03_01_RELOCATION_H_
