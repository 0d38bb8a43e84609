// A pool of worker threads over a bounded queue, with futures that carry
// results, exceptions and cancellations back to the caller.
#ifndef WORKBOOK_01_02_WORKER_POOL_H_
#define WORKBOOK_01_02_WORKER_POOL_H_

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
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

#include "tools/exercise/debug_check.h"
#include "tools/exercise/todo.h"

namespace workbook {

// A callable of up to this size that moves without throwing is kept in the
// pool's own memory; a larger one costs one allocation. A result may not be
// larger: return a pointer instead. 96 bytes are what two cache lines leave
// after 32 bytes of bookkeeping.
inline constexpr std::size_t kInlineTaskBytes = 96;

// Thrown by WorkerPool::Submit once Shutdown has begun.
class WorkerPoolClosedError : public std::runtime_error {
 public:
  WorkerPoolClosedError()
      : std::runtime_error("the worker pool is shut down: task not accepted") {}
};

// Thrown by TaskFuture::Get for a task that Shutdown(kCancel) found waiting.
class TaskCancelledError : public std::runtime_error {
 public:
  TaskCancelledError()
      : std::runtime_error("the worker pool was shut down: task cancelled") {}
};

#if !WORKBOOK_STUB
namespace worker_pool_internal {

class TaskStore;

// Keeps its neighbours on different cache lines. Not alignas(64), which would
// bind every WorkerPool on a stack, and which gcc 12 does not keep there under
// AddressSanitizer.
using Padding = std::array<std::byte, 64>;

enum class Outcome : std::uint32_t { kNone, kValue, kError, kCancelled };
enum class Action { kRun, kCancel, kDropResult };

// The life of a task, as its worker and its future see it. Whoever comes last
// to the end of it, the worker or the future, gives the state back.
inline constexpr std::uint32_t kPending = 0;
inline constexpr std::uint32_t kWaitedFor = 1;  // pending, a thread sleeps
inline constexpr std::uint32_t kAbandoned = 2;  // pending, the future is gone
inline constexpr std::uint32_t kDone = 3;

// One task: first its callable, then, in the same bytes, its result or the
// std::exception_ptr that it threw. Two cache lines, so that two tasks never
// share one.
struct alignas(64) TaskState {
  // The worker's side: Run, then Finish.
  void Run(bool cancelled);
  void Finish();
  // The future's side.
  void Abandon();
  bool WaitFor(std::chrono::nanoseconds timeout);
  bool IsDone() const { return phase.load(std::memory_order_acquire) == kDone; }
  void Recycle();

  std::atomic<std::uint32_t> phase{kPending};
  std::atomic<std::uint32_t> next_free{0};
  std::uint32_t index = 0;
  Outcome outcome = Outcome::kNone;
  void (*act)(TaskState&, Action) = nullptr;
  TaskStore* store = nullptr;
  std::byte storage[kInlineTaskBytes];
};
static_assert(sizeof(TaskState) == 128);

// The states, recycled: a Treiber stack of indices. The upper half of the head
// is a tag that every change raises, against ABA; a state is never freed before
// the store is, so a stale index can be followed without harm.
class TaskStore {
 public:
  explicit TaskStore(std::size_t expected_states);

  // Throws std::bad_alloc when the store must grow and cannot.
  TaskState* Acquire() {
    std::uint64_t head = head_.load(std::memory_order_acquire);
    while (static_cast<std::uint32_t>(head) != kEmpty) {
      TaskState& state = At(static_cast<std::uint32_t>(head));
      const std::uint64_t next =
          state.next_free.load(std::memory_order_relaxed);
      if (head_.compare_exchange_weak(head, NextTag(head) | next,
                                      std::memory_order_acquire)) {
        return &state;
      }
    }
    return AcquireSlow();
  }

  // Deletes the store when its pool is gone and this was the last state out.
  void Release(TaskState* state) {
    std::uint64_t head = head_.load(std::memory_order_relaxed);
    do {
      if (static_cast<std::uint32_t>(head) == kOrphaned) return ReleaseSlow();
      state->next_free.store(static_cast<std::uint32_t>(head),
                             std::memory_order_relaxed);
    } while (!head_.compare_exchange_weak(head, NextTag(head) | state->index,
                                          std::memory_order_release,
                                          std::memory_order_relaxed));
  }

  // The pool dies: deletes the store now, or leaves it to the last future.
  void Orphan();

  std::size_t BytesHeld() const;

 private:
  static constexpr std::uint32_t kEmpty = 0xffffffff;
  static constexpr std::uint32_t kOrphaned = 0xfffffffe;
  static constexpr std::size_t kMaxChunks = 24;

  static std::uint64_t NextTag(std::uint64_t head) {
    return ((head >> 32) + 1) << 32;
  }
  // Chunk k holds first_chunk_states_ << k states.
  TaskState& At(std::uint32_t index) const {
    const std::size_t chunk = static_cast<std::size_t>(
        std::bit_width((index >> first_chunk_shift_) + 1) - 1);
    const std::size_t before = ((std::size_t{1} << chunk) - 1)
                               << first_chunk_shift_;
    return chunks_[chunk][index - before];
  }
  TaskState* AcquireSlow();
  void ReleaseSlow();

  alignas(64) std::atomic<std::uint64_t> head_{kEmpty};
  alignas(64) const int first_chunk_shift_;
  std::unique_ptr<TaskState[]> chunks_[kMaxChunks];
  mutable std::mutex growth_mutex_;
  std::size_t chunk_count_ = 0;
  std::uint32_t state_count_ = 0;
  std::atomic<std::int64_t> out_after_orphan_{0};
};

// Where threads sleep until there is something to do. A waker claims a sleeper
// before it wakes it, so a burst of wake-ups costs one system call a sleeper
// and not one a task. REQUIRES, against a lost wake-up: the sleeper announces
// itself, then looks once more; the waker publishes, then calls WakeOne; all
// four are sequentially consistent.
class ParkingSpot {
 public:
  void Announce() { waiting_.fetch_add(1); }
  // After Announce: sleeps until woken.
  void Park();
  // After Announce: no need to sleep after all.
  void Withdraw();
  void WakeOne() {
    if (waiting_.load() != 0) WakeOneSlow();
  }
  void WakeAll();

 private:
  bool Claim();
  void WakeOneSlow();

  std::atomic<std::uint32_t> waiting_{0};  // announced, not claimed by a waker
  std::atomic<std::uint32_t> permits_{0};  // claimed, not yet awake
};

// Bounded queue of many producers and consumers after D. Vyukov: a cell's turn
// says whose it is. New here is the closed bit in the tail: a push after Close
// fails in the same compare-and-swap that claims a cell, so the tasks that were
// accepted are known exactly.
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

  // nullptr: empty, or the next task is not published yet (see Look).
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
  // Head before tail: the other order could find a head beyond the tail.
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

// The future's half of a task.
class TaskHandle {
 public:
  TaskHandle() = default;
  explicit TaskHandle(TaskState* state) : state_(state) {}
  TaskHandle(TaskHandle&& other) noexcept
      : state_(std::exchange(other.state_, nullptr)) {}
  TaskHandle& operator=(TaskHandle&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~TaskHandle() {
    if (state_ != nullptr) state_->Abandon();
  }
  TaskState* get() const { return state_; }

 private:
  TaskState* state_ = nullptr;
};

// Throws the task's exception or TaskCancelledError when there is no value.
void ThrowUnlessValue(TaskState& state);

template <typename Value>
Value* StoredIn(TaskState& state) {
  return std::launder(reinterpret_cast<Value*>(state.storage));
}

// A callable that is too large to be kept inline.
template <typename Callable>
struct BoxedCallable {
  std::unique_ptr<Callable> callable;
  decltype(auto) operator()() { return std::invoke(*callable); }
};

// What TaskState::act is for a task of this type. The callable leaves the
// storage first, so that the result can be made in place, and is destroyed
// before the future is ready.
template <typename Callable>
void Act(TaskState& state, Action action) {
  using Result = std::invoke_result_t<Callable&>;
  if (action == Action::kDropResult) {
    if constexpr (!std::is_void_v<Result>) {
      if (state.outcome == Outcome::kValue) {
        std::destroy_at(StoredIn<Result>(state));
      }
    }
    return;
  }
  Callable callable(std::move(*StoredIn<Callable>(state)));
  std::destroy_at(StoredIn<Callable>(state));
  if (action == Action::kCancel) return;
  try {
    if constexpr (std::is_void_v<Result>) {
      std::invoke(callable);
    } else {
      ::new (static_cast<void*>(state.storage)) Result(std::invoke(callable));
    }
    state.outcome = Outcome::kValue;
  } catch (...) {
    ::new (static_cast<void*>(state.storage))
        std::exception_ptr(std::current_exception());
    state.outcome = Outcome::kError;
  }
}

}  // namespace worker_pool_internal

#endif
// The result to come of one task. Move-only; may outlive its pool. Dropping it
// does not stop the task.
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
#if WORKBOOK_STUB
    // False also for a future whose result was taken.
    Todo("01_02 task 7: TaskFuture::IsValid");
#else
    return handle_.get() != nullptr;
#endif
  }

  // Whether the task has run, thrown, or been cancelled; never waits.
  // On failure: std::logic_error when !IsValid().
  bool IsReady() const {
#if WORKBOOK_STUB
    // One load that acquires what the worker released.
    Todo("01_02 task 7: TaskFuture::IsReady");
#else
    return State().IsDone();
#endif
  }

  // Waits until IsReady() or until `timeout` has passed on the steady clock,
  // and returns IsReady().
  // Cost: no allocation; a system call only if it has to sleep.
  // On failure: std::logic_error when !IsValid().
  bool WaitFor([[maybe_unused]] std::chrono::nanoseconds timeout) const {
#if WORKBOOK_STUB
    Todo("01_02 task 7: TaskFuture::WaitFor");
#else
    return State().WaitFor(timeout);
#endif
  }

  // Waits for the task, moves its result out and ends the future.
  // Cost: no allocation.
  // On failure: throws what the task threw; TaskCancelledError if it was
  // cancelled; std::logic_error when !IsValid(). Where a result was to come,
  // IsValid() is false afterwards.
  Result Get() {
#if WORKBOOK_STUB
    // Wait, then throw or move the result out.
    Todo("01_02 task 7: TaskFuture::Get");
#else
    State().WaitFor(std::chrono::nanoseconds::max());
    const worker_pool_internal::TaskHandle last_use = std::move(handle_);
    ThrowUnlessValue(*last_use.get());
    if constexpr (!std::is_void_v<Result>) {
      return std::move(
          *worker_pool_internal::StoredIn<Result>(*last_use.get()));
    }
#endif
  }

 private:
  friend class WorkerPool;
#if WORKBOOK_STUB
  // Your data members.
#else
  explicit TaskFuture(worker_pool_internal::TaskState* state)
      : handle_(state) {}
  worker_pool_internal::TaskState& State() const {
    if (handle_.get() == nullptr) {
      throw std::logic_error("TaskFuture: there is no task (moved, or got)");
    }
    return *handle_.get();
  }

  worker_pool_internal::TaskHandle handle_;
#endif
};

struct WorkerPoolOptions {
  std::size_t thread_count = 2;
  // Tasks that may wait. Rounded up to a power of two, and to 2 at least.
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
// Thread safety: every member, from any thread; except that the destructor must
// be the last call, and WaitIdle, Shutdown and the destructor may not be called
// by a task of the same pool.
class WorkerPool {
 public:
  template <typename Callable>
  using ResultOf = std::invoke_result_t<std::decay_t<Callable>&>;

  // Starts the threads.
  // REQUIRES: nothing; thread_count 0 is an error that is reported.
  // Cost: the queue, and states for as many tasks as it holds, at once.
  // On failure: std::invalid_argument for no threads or a queue of 0;
  // std::system_error or std::bad_alloc with every thread stopped again.
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
  // caller is a task of this pool, which could wait for itself; std::bad_alloc;
  // what the callable's copy or move throws.
  // Source: Vyukov's bounded MPMC queue; Treiber's stack for the states.
  template <typename Callable>
  TaskFuture<ResultOf<Callable>> Submit([[maybe_unused]] Callable&& callable) {
#if WORKBOOK_STUB
    Todo("01_02 task 7: WorkerPool::Submit");
#else
    TaskState* const state = MakeTask(std::forward<Callable>(callable));
    if (ring_.TryPush(state) != TaskRing::PushResult::kPushed) {
      PushSlow(state);
    }
    work_.WakeOne();
    return TaskFuture<ResultOf<Callable>>(state);
#endif
  }

  // Accepts a task if there is room: std::nullopt when the queue is full or the
  // pool is shut down. Never waits, so a task may always call it.
  // Cost and other failures: as Submit.
  template <typename Callable>
  std::optional<TaskFuture<ResultOf<Callable>>> TrySubmit(
      [[maybe_unused]] Callable&& callable) {
#if WORKBOOK_STUB
    Todo("01_02 task 7: WorkerPool::TrySubmit");
#else
    TaskState* const state = MakeTask(std::forward<Callable>(callable));
    if (ring_.TryPush(state) != TaskRing::PushResult::kPushed) {
      DropTask(state);
      return std::nullopt;
    }
    work_.WakeOne();
    return TaskFuture<ResultOf<Callable>>(state);
#endif
  }

  // Waits until every task that was accepted before the call has ended.
  // On failure: std::logic_error when a task of this pool calls it.
  void WaitIdle();

  // Accepts nothing more, wakes whoever waits for room, ends the tasks as
  // `mode` says, and joins the threads. May be called again and by several
  // threads: all return when it is done; one kCancel among them cancels.
  // On failure: std::logic_error when a task of this pool calls it.
  void Shutdown(ShutdownMode mode);

  // How many tasks may wait.
  std::size_t QueueCapacity() const;

  // Exact when nothing runs, a recent state otherwise. A task is counted before
  // its future is ready.
  WorkerPoolStats Stats() const;

 private:
#if WORKBOOK_STUB
  // Your data members.
#else
  using TaskRing = worker_pool_internal::TaskRing;
  using TaskState = worker_pool_internal::TaskState;

  // One line each, and only its thread writes: counting costs no contention.
  struct alignas(64) Worker {
    std::atomic<std::uint64_t> run{0};
    std::atomic<std::uint64_t> failed{0};
    std::atomic<std::uint64_t> cancelled{0};
    std::thread thread;
  };

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

  void DropTask(TaskState* state);
  void PushSlow(TaskState* state);
  void WorkerMain(Worker& self);
  TaskState* NextTask();
  void Sleep();
  void RunTask(Worker& self, TaskState& task);
  bool IsIdle() const;
  void BecomeIdle();
  void RequireForeignThread(const char* function) const;
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
  std::mutex idle_mutex_;
  std::condition_variable idle_changed_;
  std::mutex shutdown_mutex_;
  std::vector<Worker> workers_;
#endif
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_WORKER_POOL_H_
