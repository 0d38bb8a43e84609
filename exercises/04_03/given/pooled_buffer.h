// SPDX-License-Identifier: Apache-2.0

// A buffer on loan from a pool.
#ifndef WORKBOOK_EXERCISES_04_03_GIVEN_POOLED_BUFFER_H_
#define WORKBOOK_EXERCISES_04_03_GIVEN_POOLED_BUFFER_H_

#include <cstddef>
#include <span>
#include <utility>

namespace workbook {

// Owns a buffer until its destructor, or Return, calls `pool->TakeBack(bytes)`.
// Move-only. A buffer that was moved from or returned is empty, and so is what
// a pool returns where it lends nothing.
// REQUIRES: the pool lives longer.
// Cost: no allocation, for all functions.
// Thread safety: one thread at a time; any thread may end the loan.
template <class Pool>
class PooledBuffer {
 public:
  PooledBuffer() = default;
  PooledBuffer(Pool* pool, std::span<std::byte> bytes)
      : pool_(pool), bytes_(bytes) {}
  PooledBuffer(PooledBuffer&& other) noexcept
      : pool_(std::exchange(other.pool_, nullptr)),
        bytes_(std::exchange(other.bytes_, {})) {}
  PooledBuffer& operator=(PooledBuffer&& other) noexcept {
    PooledBuffer taken(std::move(other));
    std::swap(pool_, taken.pool_);
    std::swap(bytes_, taken.bytes_);
    return *this;
  }
  ~PooledBuffer() { Return(); }

  // Ends the loan now; does nothing where the buffer is empty.
  void Return() noexcept {
    Pool* const pool = std::exchange(pool_, nullptr);
    if (pool != nullptr) pool->TakeBack(std::exchange(bytes_, {}));
  }

  // Returns whether there is a buffer.
  explicit operator bool() const { return pool_ != nullptr; }

  // Returns all its bytes, which may hold what an earlier user left.
  std::span<std::byte> bytes() const { return bytes_; }

 private:
  Pool* pool_ = nullptr;
  std::span<std::byte> bytes_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_03_GIVEN_POOLED_BUFFER_H_
