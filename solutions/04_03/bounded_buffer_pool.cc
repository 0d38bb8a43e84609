// SPDX-License-Identifier: Apache-2.0

#include "04_03/bounded_buffer_pool.h"

namespace workbook {

// [given]
BoundedBufferPool::BoundedBufferPool(std::size_t buffers,
                                     std::size_t buffer_bytes)
    : block_(buffers, buffer_bytes), buffer_bytes_(buffer_bytes) {
  idle_.reserve(buffers);
  for (std::size_t i = buffers; i > 0; --i) idle_.push_back(block_.At(i - 1));
}

BoundedBufferPool::Buffer BoundedBufferPool::TryAcquire() {
  const MutexLock lock(mutex_);
  if (closed_ || idle_.empty()) return {};
  std::byte* const data = idle_.back();
  idle_.pop_back();
  return {this, {data, buffer_bytes_}};
}

BoundedBufferPool::Buffer BoundedBufferPool::Acquire(
    const std::stop_token& stop) {
  UniqueLock lock(mutex_);
  if (closed_) return {};
  if (!idle_.empty()) {
    std::byte* const data = idle_.back();
    idle_.pop_back();
    return {this, {data, buffer_bytes_}};
  }
  Waiter self;
  line_.Join(self);
  // The callback is neither made nor destroyed under the lock: if the stop is
  // requested already, its constructor calls it on the spot, and its destructor
  // waits for a call on another thread.
  lock.unlock();
  const std::stop_callback leave(stop, [this, &self] {
    const MutexLock stopper_lock(mutex_);
    if (!self.in_line) return;  // something else has woken this thread
    line_.Leave(self);
    self.wake.notify_one();
  });
  lock.lock();
  self.wake.wait(lock.native(), [&self] { return !self.in_line; });
  lock.unlock();
  if (self.granted == nullptr) return {};
  return {this, {self.granted, buffer_bytes_}};
}

void BoundedBufferPool::TakeBack(std::span<std::byte> bytes) noexcept {
  const MutexLock lock(mutex_);
  Waiter* const first = line_.First();
  if (first == nullptr) {
    idle_.push_back(bytes.data());
    return;
  }
  line_.Leave(*first);
  first->granted = bytes.data();
  // Under the lock: without it the thread could return, and its record with the
  // condition variable would be gone before the notification.
  first->wake.notify_one();
}

void BoundedBufferPool::Close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  while (Waiter* const first = line_.First()) {
    line_.Leave(*first);
    first->wake.notify_one();
  }
}

// [given]
std::size_t BoundedBufferPool::Idle() const {
  const MutexLock lock(mutex_);
  return idle_.size();
}

// [given]
std::size_t BoundedBufferPool::Waiting() const {
  const MutexLock lock(mutex_);
  return line_.Size();
}

}  // namespace workbook
