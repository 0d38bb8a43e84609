// SPDX-License-Identifier: Apache-2.0

// A fixed number of buffers: a thread that finds none waits for one.
#ifndef WORKBOOK_04_03_BOUNDED_BUFFER_POOL_H_
#define WORKBOOK_04_03_BOUNDED_BUFFER_POOL_H_

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "exercises/04_03/given/aligned_block.h"
#include "exercises/04_03/given/pooled_buffer.h"
#include "exercises/04_03/given/waiting_line.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Lends buffers of one size, at most as many as it was made with, so that its
// memory is bounded whatever the load: threads wait in line instead. A buffer
// that comes back while threads wait is handed to the first in line, and to no
// other thread: it never becomes idle, so that a thread that comes later can't
// take it. One buffer wakes one thread.
//
// Invariants:
// 1. Each buffer is lent once, handed to one waiting thread, or idle.
// 2. While a thread waits, no buffer is idle, and the pool is open.
// Thread safety: any thread, for all but the destructor: every other call must
// have returned, and every buffer must be back, before it begins.
// Source: the receivers of Go's channels wait in such a line and are handed
// their element (runtime/chan.go, recvq and send).
class BoundedBufferPool {
 public:
  using Buffer = PooledBuffer<BoundedBufferPool>;

  // Makes `buffers` idle buffers of `buffer_bytes` each. Given.
  // Cost: two allocations, the only ones of the pool.
  // On failure: std::invalid_argument where a number is 0; std::bad_alloc.
  BoundedBufferPool(std::size_t buffers, std::size_t buffer_bytes);
  BoundedBufferPool(const BoundedBufferPool&) = delete;
  BoundedBufferPool& operator=(const BoundedBufferPool&) = delete;

  // Lends the idle buffer that came back last. Where none is idle, joins the
  // line and sleeps until a buffer is handed over, the pool is closed, or a
  // stop is requested of `stop`. Returns an empty buffer where the pool is
  // closed or the stop ended the wait. A buffer that is idle, or was handed
  // over, is lent even if a stop was requested.
  // Cost: O(1) beside the wait, no allocation.
  Buffer Acquire(const std::stop_token& stop = {});

  // Does the same without a wait: returns an empty buffer where none is idle.
  // Cost: O(1), no allocation.
  Buffer TryAcquire();

  // Hands a buffer to the first thread in line, which wakes up, or else makes
  // it idle. PooledBuffer calls it.
  // REQUIRES: `bytes` are those of a buffer that is lent.
  // Cost: O(1), no allocation; wakes at most one thread.
  void TakeBack(std::span<std::byte> bytes) noexcept;

  // Lends nothing any more, idle buffers included, and wakes all that wait.
  // Lent buffers stay valid and may come back. May be called again.
  // Cost: O(waiting threads), no allocation.
  void Close();

  // Returns how many buffers are idle, and how many threads wait in line: a
  // recent state, while other threads are at work. Given.
  // Cost: O(1), no allocation.
  std::size_t Idle() const;
  std::size_t Waiting() const;

 private:  // [given]
  const AlignedBlock block_;
  const std::size_t buffer_bytes_;
  mutable Mutex mutex_;
  // Room for all from the beginning: push_back allocates never.
  std::vector<std::byte*> idle_ GUARDED_BY(mutex_);
  WaitingLine line_ GUARDED_BY(mutex_);
  bool closed_ GUARDED_BY(mutex_) = false;
};

}  // namespace workbook

#endif  // WORKBOOK_04_03_BOUNDED_BUFFER_POOL_H_
