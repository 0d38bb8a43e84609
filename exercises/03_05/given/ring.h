// SPDX-License-Identifier: Apache-2.0

// A queue of bounded length in one block.
#ifndef WORKBOOK_EXERCISES_03_05_GIVEN_RING_H_
#define WORKBOOK_EXERCISES_03_05_GIVEN_RING_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace workbook {

// Holds at most `capacity` elements, first in, first out.
// Thread safety: one thread at a time.
template <class T>
class Ring {
  static_assert(std::is_nothrow_move_constructible_v<T>,
                "a move that throws could lose an element on its way");

 public:
  // Makes an empty ring.
  // Cost: one allocation, the only one.
  // On failure: std::invalid_argument for a capacity of 0; std::bad_alloc.
  explicit Ring(std::size_t capacity)
      : capacity_(capacity),
        slots_(std::make_unique<std::optional<T>[]>(capacity)) {
    if (capacity == 0) {
      throw std::invalid_argument(
          "a ring of capacity 0 holds nothing. Fix: give it at least 1.");
    }
  }

  bool IsEmpty() const { return size_ == 0; }
  bool IsFull() const { return size_ == capacity_; }
  std::size_t size() const { return size_; }

  // Moves `value` behind the last element.
  // REQUIRES: !IsFull().
  // Cost: O(1), one move.
  void Push(T&& value) noexcept {
    slots_[Wrap(first_ + size_)].emplace(std::move(value));
    ++size_;
  }

  // Removes the first element and returns it.
  // REQUIRES: !IsEmpty().
  // Cost: O(1), one move.
  T Pop() noexcept {
    std::optional<T>& slot = slots_[first_];
    T value = std::move(*slot);
    slot.reset();
    first_ = Wrap(first_ + 1);
    --size_;
    return value;
  }

 private:
  std::size_t Wrap(std::size_t index) const {
    return index < capacity_ ? index : index - capacity_;
  }

  const std::size_t capacity_;
  const std::unique_ptr<std::optional<T>[]> slots_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_05_GIVEN_RING_H_
