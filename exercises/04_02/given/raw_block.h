// SPDX-License-Identifier: Apache-2.0

// A heap block of raw memory that gives itself back.
#ifndef WORKBOOK_EXERCISES_04_02_GIVEN_RAW_BLOCK_H_
#define WORKBOOK_EXERCISES_04_02_GIVEN_RAW_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>
#include <utility>

namespace workbook {

// Memory for elements that others construct and destroy, from
// std::allocator<T>, hence aligned as a T wants it.
// Thread safety: readers, or one writer.
template <class T>
class RawBlock {
 public:
  // Allocates room for `capacity` elements.
  // Cost: one allocation of capacity * sizeof(T) bytes.
  // On failure: std::bad_alloc; std::length_error from 2^32 elements on.
  explicit RawBlock(std::size_t capacity)
      : data_(std::allocator<T>().allocate(Checked(capacity))),
        capacity_(static_cast<std::uint32_t>(capacity)) {}
  RawBlock(const RawBlock&) = delete;
  RawBlock& operator=(const RawBlock&) = delete;
  // Frees the block, unless Release was called. Destroys no element.
  ~RawBlock() {
    if (data_ != nullptr) std::allocator<T>().deallocate(data_, capacity_);
  }

  T* data() const { return data_; }
  std::uint32_t capacity() const { return capacity_; }
  // Returns the block, which is the caller's from now on.
  T* Release() { return std::exchange(data_, nullptr); }

 private:
  static std::size_t Checked(std::size_t capacity) {
    if (capacity > std::numeric_limits<std::uint32_t>::max()) {
      throw std::length_error("RawBlock: 2^32 elements are too many");
    }
    return capacity;
  }

  T* data_;
  std::uint32_t capacity_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_02_GIVEN_RAW_BLOCK_H_
