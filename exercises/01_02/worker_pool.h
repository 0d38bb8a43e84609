// SPDX-License-Identifier: Apache-2.0

// A pool of worker threads over a bounded queue, with futures that carry
// results, exceptions and cancellations back to the caller.
#ifndef WORKBOOK_01_02_WORKER_POOL_H_
#define WORKBOOK_01_02_WORKER_POOL_H_

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "01_02/task_future.h"
#include "tools/exercise/debug_check.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Thrown by WorkerPool::Submit once Shutdown has begun.
class WorkerPoolClosedError : public std::runtime_error {
 public:
  WorkerPoolClosedError()
      : std::runtime_error("the worker pool is shut down: task not accepted") {}
};

struct WorkerPoolOptions {
  static constexpr std::size_t kMaxQueueCapacity = std::size_t{1} << 32;

  std::size_t thread_count = 2;
  // Tasks that may wait, 1 to kMaxQueueCapacity. Rounded up to a power of two,
  // and to 2 at least.
  std::size_t queue_capacity = 1024;
};

struct WorkerPoolStats {
  std::uint64_t submitted = 0;  // accepted
  std::uint64_t queued = 0;     // accepted, not yet taken by a worker
  std::uint64_t run = 0;        // ran to their end or to their exception
  std::uint64_t failed = 0;     // of those run: ended by an exception
  std::uint64_t cancelled = 0;
  std::size_t bytes_held = 0;  // queue, task states and worker records
};

enum class ShutdownMode {
  kDrain,   // run what was accepted
  kCancel,  // run to the end only what has begun; cancel what waits
};

// Runs callables on its own threads. Tasks are taken in the order in which they
// were accepted; with one thread they also run in it. Every accepted task runs
// exactly once or is cancelled, and its future says which.
// A task that would wait for its own pool without end gets std::system_error
// with std::errc::resource_deadlock_would_occur, at once: from Submit while the
// queue is full, from WaitIdle and Shutdown, and from Get and WaitFor of a
// future of this pool that is not ready. That holds with idle workers too: when
// two of two workers wait for each other's queued tasks, none runs them. Not
// detected: tasks of two pools that wait for each other, and waiting by other
// means, such as a mutex.
// Thread safety: every member, from any thread; except that the destructor must
// be the last call, and not that of a task of this pool, which a debug build
// checks.
class WorkerPool {
 public:
  template <typename Callable>
  using ResultOf = std::invoke_result_t<std::decay_t<Callable>&>;

  // Starts the threads.
  // Cost: the queue, and states for as many tasks as it holds, at once.
  // On failure: std::invalid_argument for no threads and for a queue_capacity
  // of 0 or above kMaxQueueCapacity; std::system_error or std::bad_alloc with
  // every thread stopped again.
  explicit WorkerPool(const WorkerPoolOptions& options);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Shutdown(kDrain).
  ~WorkerPool();

  // Accepts a task; waits while the queue is full.
  // Cost: in steady state no allocation if the callable is at most
  // kInlineTaskBytes, aligned to 16 and moves without throwing; else one. A
  // steady state is reached when there have been as many live futures before.
  // On failure, with nothing accepted: WorkerPoolClosedError if shutdown has
  // begun or begins while it waits; std::system_error with
  // std::errc::resource_deadlock_would_occur if the queue is full and the
  // caller is a task of this pool; std::bad_alloc; what the callable's copy or
  // move throws.
  // Source: Vyukov's bounded MPMC queue; Treiber's stack for the states.
  template <typename Callable>
  TaskFuture<ResultOf<Callable>> Submit(Callable&& callable) {
    Todo("01_02 task 10: WorkerPool::Submit");
  }

  // Accepts a task if there is room: std::nullopt when the queue is full or the
  // pool is shut down. Never waits, so a task may always call it.
  // Cost and other failures: as Submit.
  template <typename Callable>
  std::optional<TaskFuture<ResultOf<Callable>>> TrySubmit(Callable&& callable) {
    Todo("01_02 task 10: WorkerPool::TrySubmit");
  }

  // Waits until no task runs and none waits, those included that are accepted
  // during the call: under a steady flow of tasks it does not return.
  // On failure: std::system_error with
  // std::errc::resource_deadlock_would_occur when a task of this pool calls it.
  void WaitIdle();

  // Accepts nothing more, wakes whoever waits for room, ends the tasks as
  // `mode` says, and joins the threads. May be called again and by several
  // threads: all return when it is done; one kCancel among them cancels.
  // On failure: std::system_error with
  // std::errc::resource_deadlock_would_occur when a task of this pool calls it.
  void Shutdown(ShutdownMode mode);

  // How many tasks may wait.
  std::size_t QueueCapacity() const;

  // Exact when nothing runs, a recent state otherwise. A task is counted before
  // its future is ready.
  WorkerPoolStats Stats() const;

 private:
  // Your data members.
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_WORKER_POOL_H_
