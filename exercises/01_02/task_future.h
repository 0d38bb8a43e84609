// SPDX-License-Identifier: Apache-2.0

// The result to come of a task of a worker pool: a value, an exception or a
// cancellation.
#ifndef WORKBOOK_01_02_TASK_FUTURE_H_
#define WORKBOOK_01_02_TASK_FUTURE_H_

#include <atomic>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "tools/exercise/todo.h"

struct timespec;

namespace workbook {

// A callable of up to this size that moves without throwing is kept in the
// pool's own memory; a larger one costs one allocation. A result may not be
// larger: return a pointer instead. 96 bytes are what two cache lines leave
// after 32 bytes of bookkeeping.
inline constexpr std::size_t kInlineTaskBytes = 96;

// Thrown by TaskFuture::Get for a task that Shutdown(kCancel) found waiting.
class TaskCancelledError : public std::runtime_error {
 public:
  TaskCancelledError()
      : std::runtime_error("the worker pool was shut down: task cancelled") {}
};

// The result to come of one task. Move-only; may outlive its pool. Dropping it
// does not stop the task. A task of the same pool may look at it, but may not
// wait for it without end: see WorkerPool.
// Thread safety: one thread at a time, as for any object; the task itself may
// run meanwhile.
template <typename Result>
class TaskFuture {
 public:
  TaskFuture() = default;
  TaskFuture(TaskFuture&&) noexcept = default;
  TaskFuture& operator=(TaskFuture&&) noexcept = default;

  // Whether there is a task: false when default-made, moved from, or after Get.
  bool IsValid() const {
    // False also for a future whose result was taken.
    Todo("01_02 task 10: TaskFuture::IsValid");
  }

  // Whether the task has run, thrown, or been cancelled; never waits.
  // On failure: std::logic_error when !IsValid().
  bool IsReady() const {
    // One load that acquires what the worker released.
    Todo("01_02 task 10: TaskFuture::IsReady");
  }

  // Waits until IsReady() or until `timeout` has passed on the steady clock,
  // and returns IsReady(). nanoseconds::max() waits without end.
  // Cost: no allocation; a system call only if it has to sleep.
  // On failure: std::logic_error when !IsValid(); std::system_error with
  // std::errc::resource_deadlock_would_occur when a task of the same pool would
  // wait without end.
  bool WaitFor(std::chrono::nanoseconds timeout) const {
    Todo("01_02 task 10: TaskFuture::WaitFor");
  }

  // Waits for the task, moves its result out and ends the future.
  // Cost: no allocation.
  // On failure: throws what the task threw; TaskCancelledError if it was
  // cancelled; std::logic_error when !IsValid(). Where a result was to come,
  // IsValid() is false afterwards. std::system_error with
  // std::errc::resource_deadlock_would_occur when a task of the same pool calls
  // it before IsReady(); the future is as it was.
  Result Get() {
    // Wait, then throw or move the result out.
    Todo("01_02 task 10: TaskFuture::Get");
  }

 private:
  friend class WorkerPool;
  // Your data members.
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_TASK_FUTURE_H_
