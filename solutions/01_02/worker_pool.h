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
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "01_02/task_future.h"
#include "tools/exercise/debug_check.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Thrown by WorkerPool::Submit once Shutdown has begun.
class WorkerPoolClosedError : public std::runtime_error {
 public:
  WorkerPoolClosedError()
      : std::runtime_error("the worker pool is shut down: task not accepted") {}
};

// [given]
namespace worker_pool_internal {

// Keeps its neighbours on different cache lines. Not alignas(64), which would
// bind every WorkerPool on a stack, and which gcc 12 does not keep there under
// AddressSanitizer.
using Padding = std::array<std::byte, 64>;

// Where threads sleep until there is something to do. A waker claims a sleeper
// before it wakes it, so a burst of wake-ups costs one system call a sleeper
// and not one a task. REQUIRES, against a lost wake-up: the sleeper announces
// itself, then looks once more; the waker publishes, then calls WakeOne; all
// four are sequentially consistent.
// [given]
class ParkingSpot {
 public:
  void Announce() { waiting_.fetch_add(1); }
  // Sleeps until woken. REQUIRES Announce before.
  void Park();
  // Goes on without sleep. REQUIRES Announce before.
  void Withdraw();
  void WakeOne() {
    if (waiting_.load() != 0) WakeOneSlow();
  }
  void WakeAll();

 private:  // [given]
  // Takes one announced thread off waiting_; false: there is none.
  bool Claim();
  void WakeOneSlow();

  std::atomic<std::uint32_t> waiting_{0};  // announced, not claimed by a waker
  std::atomic<std::uint32_t> permits_{0};  // claimed, not yet awake
};

// Bounded queue of many producers and consumers after D. Vyukov: a cell's turn
// says whose it is. New here is the closed bit in the tail: a push after Close
// fails in the same compare-and-swap that claims a cell, so the tasks that were
// accepted are known exactly.
// [given]
class TaskRing {
 public:
  enum class PushResult { kPushed, kFull, kClosed };
  enum class Contents { kTasks, kEmpty, kDrained };

  explicit TaskRing(std::size_t capacity);

  PushResult TryPush(TaskState* task) {
    std::uint64_t position = tail_.load(std::memory_order_relaxed);
    while ((position & kClosed) == 0) {
      Cell& cell = cells_[position & mask_];
      const std::uint64_t turn = cell.turn.load(std::memory_order_acquire);
      if (turn == position) {
        if (tail_.compare_exchange_weak(position, position + 1)) {
          cell.task = task;
          cell.turn.store(position + 1, std::memory_order_release);
          return PushResult::kPushed;
        }
      } else if (turn < position) {
        return PushResult::kFull;
      } else {
        position = tail_.load(std::memory_order_relaxed);
      }
    }
    return PushResult::kClosed;
  }

  // Returns the next task; nullptr: none, or it is not published yet (Look).
  TaskState* TryPop() {
    std::uint64_t position = head_.load(std::memory_order_relaxed);
    for (;;) {
      Cell& cell = cells_[position & mask_];
      const std::uint64_t turn = cell.turn.load(std::memory_order_acquire);
      if (turn == position + 1) {
        if (head_.compare_exchange_weak(position, position + 1)) {
          TaskState* const task = cell.task;
          cell.turn.store(position + mask_ + 1, std::memory_order_release);
          return task;
        }
      } else if (turn < position + 1) {
        return nullptr;
      } else {
        position = head_.load(std::memory_order_relaxed);
      }
    }
  }

  Contents Look() const {
    const std::uint64_t head = head_.load();
    const std::uint64_t tail = tail_.load();
    if ((tail & ~kClosed) != head) return Contents::kTasks;
    return (tail & kClosed) != 0 ? Contents::kDrained : Contents::kEmpty;
  }

  void Close() { tail_.fetch_or(kClosed); }
  // Reads head before tail: in the other order the head could be beyond it.
  bool IsFull() const {
    const std::uint64_t head = head_.load();
    return (tail_.load() & ~kClosed) - head > mask_;
  }
  bool IsClosed() const { return (tail_.load() & kClosed) != 0; }
  std::uint64_t Pushed() const { return tail_.load() & ~kClosed; }
  std::uint64_t Popped() const { return head_.load(); }
  std::size_t Capacity() const { return mask_ + 1; }
  std::size_t BytesHeld() const { return Capacity() * sizeof(Cell); }

 private:
  struct Cell {
    std::atomic<std::uint64_t> turn{0};
    TaskState* task = nullptr;
  };
  static_assert(sizeof(Cell) == 16);
  static constexpr std::uint64_t kClosed = std::uint64_t{1} << 63;

  const std::uint64_t mask_;
  const std::unique_ptr<Cell[]> cells_;
  [[maybe_unused]] Padding before_tail_;
  std::atomic<std::uint64_t> tail_{0};
  [[maybe_unused]] Padding before_head_;
  std::atomic<std::uint64_t> head_{0};
  [[maybe_unused]] Padding after_head_;
};

}  // namespace worker_pool_internal

struct WorkerPoolOptions {
  static constexpr std::size_t kMaxQueueCapacity = std::size_t{1} << 32;

  std::size_t thread_count = 2;
  // Tasks that may wait, 1 to kMaxQueueCapacity. Rounded up to a power of two,
  // and to 2 at least.
  std::size_t queue_capacity = 1024;
  // How often a thread that finds nothing to do looks again before it sleeps:
  // workers, submitters while the queue is full, and who waits for a future. A
  // sleep and a wake-up are two system calls, which a pool that sleeps at once
  // (0) pays for each task that comes alone. The looks cost a processor: 64
  // pauses, some microseconds, then a yield each.
  std::uint32_t looks_before_sleep = 72;
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

  // Does what Shutdown(kDrain) does.
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
  // [yours]
  template <typename Callable>
  TaskFuture<ResultOf<Callable>> Submit(Callable&& callable) {
    TaskState* const state = MakeTask(std::forward<Callable>(callable));
    if (ring_.TryPush(state) != TaskRing::PushResult::kPushed) {
      PushSlow(state);
    }
    work_.WakeOne();
    return TaskFuture<ResultOf<Callable>>(state);
  }

  // Accepts a task if there is room: std::nullopt when the queue is full or the
  // pool is shut down. Never waits, so a task may always call it.
  // Cost and other failures: as Submit.
  // [yours]
  template <typename Callable>
  std::optional<TaskFuture<ResultOf<Callable>>> TrySubmit(Callable&& callable) {
    TaskState* const state = MakeTask(std::forward<Callable>(callable));
    if (ring_.TryPush(state) != TaskRing::PushResult::kPushed) {
      DropTask(state);
      return std::nullopt;
    }
    work_.WakeOne();
    return TaskFuture<ResultOf<Callable>>(state);
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

  // Returns how many tasks may wait.
  std::size_t QueueCapacity() const;

  // Sums up all threads: exact when nothing runs, a recent state otherwise. A
  // task is counted before its future is ready.
  WorkerPoolStats Stats() const;

 private:  // [given]
  using TaskRing = worker_pool_internal::TaskRing;
  using TaskState = worker_pool_internal::TaskState;

  // One line each, and only its thread writes: counting costs no contention.
  struct alignas(64) Worker {
    std::atomic<std::uint64_t> run{0};
    std::atomic<std::uint64_t> failed{0};
    std::atomic<std::uint64_t> cancelled{0};
    std::thread thread;
  };

  // Returns a state with the callable in it, not yet in the ring.
  template <typename Callable>
  TaskState* MakeTask(Callable&& callable) {
    using Decayed = std::decay_t<Callable>;
    using Result = ResultOf<Callable>;
    if constexpr (!std::is_void_v<Result>) {
      static_assert(std::is_object_v<Result> &&
                        sizeof(Result) <= kInlineTaskBytes &&
                        alignof(Result) <= 16,
                    "the result does not fit inline: return a pointer to it");
    }
    if constexpr (sizeof(Decayed) > kInlineTaskBytes || alignof(Decayed) > 16 ||
                  !std::is_nothrow_move_constructible_v<Decayed>) {
      return MakeTask(worker_pool_internal::BoxedCallable<Decayed>{
          std::make_unique<Decayed>(std::forward<Callable>(callable))});
    } else {
      TaskState* const state = store_->Acquire();
      try {
        ::new (static_cast<void*>(state->storage))
            Decayed(std::forward<Callable>(callable));
      } catch (...) {
        store_->Release(state);
        throw;
      }
      state->phase.store(worker_pool_internal::kPending,
                         std::memory_order_relaxed);
      state->outcome = worker_pool_internal::Outcome::kNone;
      state->act = &worker_pool_internal::Act<Decayed>;
      return state;
    }
  }

  // Ends a task that was not accepted.
  void DropTask(TaskState* state);
  // Pushes a task into a ring that was full or closed. On failure it drops the
  // task, and throws as Submit does.
  void PushSlow(TaskState* state);
  // Does what a worker thread does, from its beginning to its end.
  void WorkerMain(Worker& self);
  // Returns the next task; nullptr: the pool is closed and drained.
  TaskState* NextTask();
  // Waits on work_ until there may be a task.
  void Sleep();
  // Runs or cancels the task, counts it, and ends it: in this order.
  void RunTask(Worker& self, TaskState& task);
  // Tells whether nothing waits and every worker is idle.
  bool IsIdle() const;
  // Counts this worker as idle; wakes WaitIdle if it was the last one.
  void BecomeIdle();
  // Throws where a task of this pool calls `function`.
  void RequireForeignThread(const char* function) const;
  // Closes the ring, wakes everyone who sleeps, and joins the workers.
  void JoinAll();

  struct OrphanStore {
    void operator()(worker_pool_internal::TaskStore* store) const {
      store->Orphan();
    }
  };

  // Futures may outlive the pool, so the states may, too.
  const std::unique_ptr<worker_pool_internal::TaskStore, OrphanStore> store_;
  TaskRing ring_;
  worker_pool_internal::ParkingSpot work_;  // workers sleep here
  [[maybe_unused]] worker_pool_internal::Padding after_work_;
  worker_pool_internal::ParkingSpot space_;  // submitters sleep here
  [[maybe_unused]] worker_pool_internal::Padding after_space_;
  std::atomic<bool> cancel_{false};
  std::atomic<std::size_t> idle_workers_{0};
  std::atomic<std::size_t> idle_waiters_{0};
  Mutex idle_mutex_;  // no field: what WaitIdle looks at is atomic
  std::condition_variable idle_changed_;
  Mutex shutdown_mutex_;  // for Worker::thread, from Shutdown on
  std::vector<Worker> workers_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_WORKER_POOL_H_
