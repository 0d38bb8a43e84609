// SPDX-License-Identifier: Apache-2.0

// One block for many buffers.
#ifndef WORKBOOK_EXERCISES_04_03_GIVEN_ALIGNED_BLOCK_H_
#define WORKBOOK_EXERCISES_04_03_GIVEN_ALIGNED_BLOCK_H_

#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>

namespace workbook {

// Room for `count` buffers of `size_bytes`, each at the beginning of a cache
// line, so that no two users write to one line.
class AlignedBlock {
 public:
  static constexpr std::size_t kLineBytes = 64;

  // Cost: one allocation.
  // On failure: std::invalid_argument where a number is 0; std::bad_alloc, also
  // where the bytes are more than can be counted.
  AlignedBlock(std::size_t count, std::size_t size_bytes)
      : count_(count), stride_(RoundedUp(count, size_bytes)) {
    data_.reset(static_cast<std::byte*>(
        ::operator new (count* stride_, std::align_val_t{kLineBytes})));
  }

  std::size_t count() const { return count_; }
  // REQUIRES: index < count().
  std::byte* At(std::size_t index) const {
    return data_.get() + index * stride_;
  }

 private:
  struct Free {
    void operator()(std::byte* data) const {
      ::operator delete (data, std::align_val_t{kLineBytes});
    }
  };

  static std::size_t RoundedUp(std::size_t count, std::size_t size_bytes) {
    if (count == 0 || size_bytes == 0) {
      throw std::invalid_argument(
          "a pool of no buffer, or of empty ones. Fix: give both at least 1.");
    }
    const std::size_t largest = ~std::size_t{0} / count;
    if (largest < kLineBytes || size_bytes > largest - (kLineBytes - 1)) {
      throw std::bad_alloc();
    }
    return (size_bytes + kLineBytes - 1) / kLineBytes * kLineBytes;
  }

  std::size_t count_;
  std::size_t stride_;
  std::unique_ptr<std::byte, Free> data_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_03_GIVEN_ALIGNED_BLOCK_H_
