// SPDX-License-Identifier: Apache-2.0

// A vector whose first elements lie inside of it.
#ifndef WORKBOOK_04_02_SMALL_VECTOR_H_
#define WORKBOOK_04_02_SMALL_VECTOR_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

#include "exercises/04_02/given/raw_block.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Takes the place of a std::vector<T> that rarely has more than N elements, and
// has its names. Up to N elements lie inside; with more, all lie in one block
// on the heap, and stay there until the vector ends or is moved from.
//
// Invariants:
// 1. capacity_ == N says that the elements are inside; on the heap there is
//    room for more than N.
// 2. [data(), data() + size()) are objects; the rest is raw bytes.
// 3. Whatever throws, a vector has the elements that it had before the call.
//
// "Transfers" below means: moves elements if their move constructor is noexcept
// or if they cannot be copied, else copies; then destroys the old ones. A type
// that cannot be copied and whose move throws has no guarantee 3.
//
// Bytes: 8 and N * sizeof(T), at least 16, rounded up to alignof(T) and 8.
// Thread safety: readers, or one writer.
// Source: absl::InlinedVector has the same layout, but for a 64-bit capacity.
template <class T, std::size_t N>
class SmallVector {
  static_assert(0 < N && N < std::numeric_limits<std::uint32_t>::max());

 public:
  using value_type = T;

  // Makes an empty vector. No allocation.
  SmallVector() noexcept {}
  SmallVector(const SmallVector& other) : SmallVector() {
    if (kIsPlain && !other.IsOnHeap()) {
      std::memcpy(static_cast<void*>(this), &other, sizeof *this);
      return;
    }
    reserve(other.size_);
    std::uninitialized_copy_n(other.data(), other.size_, data());
    size_ = other.size_;
  }
  // Takes the elements of `other`, which is empty afterwards, has capacity N
  // and can be used.
  // Cost: O(1) for elements on the heap, else O(size()) transfers; no
  // allocation.
  // On failure: what a transfer throws; `other` is as before.
  SmallVector(SmallVector&& other) noexcept(
      std::is_nothrow_move_constructible_v<T>)
      : SmallVector() {
    TakeFrom(other);
  }
  SmallVector& operator=(const SmallVector& other) {
    if (this != &other) *this = SmallVector(other);
    return *this;
  }
  // Destroys the elements and takes those of `other`, as the constructor does.
  // On failure: what a transfer throws; `other` is as before, and this vector
  // is empty.
  SmallVector& operator=(SmallVector&& other) noexcept(
      std::is_nothrow_move_constructible_v<T>) {
    if (this == &other) return *this;
    clear();
    FreeBlock();
    TakeFrom(other);
    return *this;
  }
  ~SmallVector() {
    std::destroy_n(data(), size_);
    FreeBlock();
  }

  // Returns where the elements lie.
  // Cost: O(1), without a branch where the compiler sees fit; no allocation.
  T* data() {
    return IsOnHeap() ? storage_.heap : reinterpret_cast<T*>(storage_.inside);
  }
  const T* data() const {
    return IsOnHeap() ? storage_.heap
                      : reinterpret_cast<const T*>(storage_.inside);
  }

  // Constructs an element behind the last one from `args`, which may refer to
  // elements of this vector. A full vector gets a block of twice its capacity.
  // Cost: amortised O(1); one allocation when the vector is full.
  // On failure: std::bad_alloc, std::length_error where that block had 2^32
  // elements or more, or what the constructor or a transfer throws. The
  // elements, their block and the capacity are as before.
  template <class... Args>
  T& emplace_back(Args&&... args);
  void push_back(const T& value) { emplace_back(value); }
  void push_back(T&& value) { emplace_back(std::move(value)); }

  // Makes room for `capacity` elements: exactly so many, if that is more than
  // there is.
  // Cost: at most one allocation; O(size()) transfers with it.
  // On failure: as emplace_back, for a block of `capacity` elements.
  void reserve(std::size_t capacity);

  // Destroys the last element.
  // REQUIRES: size() > 0.
  void pop_back() { std::destroy_at(data() + --size_); }
  // Destroys all elements and keeps the block.
  void clear() noexcept {
    std::destroy_n(data(), size_);
    size_ = 0;
  }

  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::size_t index) { return data()[index]; }
  const T& operator[](std::size_t index) const { return data()[index]; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }

 private:
  union Storage {
    T* heap;
    alignas(T) std::byte inside[N * sizeof(T)];
  };

  // Whether a copy or a move may take the bytes of the whole vector at once,
  // whatever they hold, elements or pointer. Beyond a cache line of room that
  // costs more than a look at the size.
  static constexpr bool kIsPlain =
      std::is_trivially_copyable_v<T> && sizeof(Storage) <= 64;

  bool IsOnHeap() const { return capacity_ != N; }

  // Transfers the elements to raw memory at `to`. size() stays.
  // On failure: what a constructor throws; the elements are as before, and none
  // is left at `to`.
  void TransferTo(T* to) noexcept(std::is_nothrow_move_constructible_v<T>);

  // Takes the elements of `other`, and leaves it empty with capacity N. Where
  // kIsPlain, one copy of all bytes of `other` is enough, and the quickest way.
  // REQUIRES: this vector is empty and its capacity N.
  // On failure: as TransferTo, for the elements of `other`.
  void TakeFrom(SmallVector& other) noexcept(
      std::is_nothrow_move_constructible_v<T>);

  // Does the work of emplace_back for a full vector.
  template <class... Args>
  T& GrowAndEmplace(Args&&... args);

  // Frees the old block, if any, and takes `block`, to which the elements have
  // been transferred.
  void Adopt(RawBlock<T>& block) noexcept {
    FreeBlock();
    capacity_ = block.capacity();
    storage_.heap = block.Release();
  }

  // Gives the block back, if there is one.
  // REQUIRES: no element is in it.
  void FreeBlock() noexcept {
    if (!IsOnHeap()) return;
    std::allocator<T>().deallocate(storage_.heap, capacity_);
    capacity_ = N;
  }

  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = N;
  Storage storage_;
};
static_assert(sizeof(SmallVector<int, 4>) == 24);

template <class T, std::size_t N>
template <class... Args>
T& SmallVector<T, N>::emplace_back(Args&&... args) {
  Todo("04_02 task 6: SmallVector::emplace_back");
}

template <class T, std::size_t N>
template <class... Args>
[[gnu::noinline]] T& SmallVector<T, N>::GrowAndEmplace(Args&&... args) {
  Todo("04_02 task 6: SmallVector::GrowAndEmplace");
}

template <class T, std::size_t N>
void SmallVector<T, N>::TransferTo(T* to) noexcept(
    std::is_nothrow_move_constructible_v<T>) {
  // Yours. No Todo: it may not leave a noexcept function.
}

template <class T, std::size_t N>
void SmallVector<T, N>::TakeFrom(SmallVector& other) noexcept(
    std::is_nothrow_move_constructible_v<T>) {
  // Yours. No Todo: it may not leave a noexcept function.
}

template <class T, std::size_t N>
void SmallVector<T, N>::reserve(std::size_t capacity) {
  Todo("04_02 task 6: SmallVector::reserve");
}

}  // namespace workbook

#endif  // WORKBOOK_04_02_SMALL_VECTOR_H_
