// SPDX-License-Identifier: Apache-2.0

#include "04_03/bounded_buffer_pool.h"

#include "tools/exercise/todo.h"

namespace workbook {

BoundedBufferPool::BoundedBufferPool(std::size_t buffers,
                                     std::size_t buffer_bytes)
    : block_(buffers, buffer_bytes), buffer_bytes_(buffer_bytes) {
  idle_.reserve(buffers);
  for (std::size_t i = buffers; i > 0; --i) idle_.push_back(block_.At(i - 1));
}

BoundedBufferPool::Buffer BoundedBufferPool::TryAcquire() {
  Todo("04_03 task 3: BoundedBufferPool::TryAcquire");
}

BoundedBufferPool::Buffer BoundedBufferPool::Acquire(
    const std::stop_token& stop) {
  Todo("04_03 task 3: BoundedBufferPool::Acquire");
}

void BoundedBufferPool::TakeBack(std::span<std::byte> bytes) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

void BoundedBufferPool::Close() {
  Todo("04_03 task 3: BoundedBufferPool::Close");
}

std::size_t BoundedBufferPool::Idle() const {
  const std::lock_guard lock(mutex_);
  return idle_.size();
}

std::size_t BoundedBufferPool::Waiting() const {
  const std::lock_guard lock(mutex_);
  return line_.Size();
}

}  // namespace workbook
