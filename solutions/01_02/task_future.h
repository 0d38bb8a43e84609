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
#include <new>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "tools/exercise/thread_annotations.h"

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

// [given]
namespace worker_pool_internal {

class TaskStore;

// Passes the time until the next look: so many times on the processor, then,
// since whom we wait for may need it, by giving it away.
inline constexpr std::uint32_t kLooksOnProcessor = 64;

void PauseAfter(std::uint32_t looks);

// This thread runs the tasks of that store from now on, to its end.
void BecomeWorkerOf(const TaskStore& store);
bool IsWorkerOf(const TaskStore* store);
// Throws what `function` throws where a task would wait for its own pool.
[[noreturn]] void ThrowWouldWaitForItself(const char* function);

// C++20's atomic wait has no time-out, and a condition variable would cost
// every task 88 bytes for it and its mutex; the futex is the word itself.
void FutexWait(std::atomic<std::uint32_t>& word, std::uint32_t expected,
               const timespec* timeout);
void FutexWake(std::atomic<std::uint32_t>& word, int count);

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
  // Whoever waits for one of its tasks looks so often before it sleeps.
  TaskStore(std::size_t expected_states, std::uint32_t looks_before_sleep);

  std::uint32_t LooksBeforeSleep() const { return looks_before_sleep_; }

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
  const std::uint32_t looks_before_sleep_;
  std::unique_ptr<TaskState[]> chunks_[kMaxChunks];
  mutable Mutex growth_mutex_;
  std::size_t chunk_count_ GUARDED_BY(growth_mutex_) = 0;
  std::uint32_t state_count_ GUARDED_BY(growth_mutex_) = 0;
  std::atomic<std::int64_t> out_after_orphan_{0};
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

// The result to come of one task. Move-only; may outlive its pool. Dropping it
// does not stop the task. A task of the same pool may look at it, but may not
// wait for it without end: see WorkerPool.
// Thread safety: one thread at a time, as for any object; the task itself may
// run meanwhile.
// [given]
template <typename Result>
class TaskFuture {
 public:
  TaskFuture() = default;
  TaskFuture(TaskFuture&&) noexcept = default;
  TaskFuture& operator=(TaskFuture&&) noexcept = default;

  // Tells whether there is a task: false when default-made, moved from, or
  // after Get.
  bool IsValid() const { return handle_.get() != nullptr; }

  // Tells whether the task has run, thrown, or been cancelled; never waits.
  // On failure: std::logic_error when !IsValid().
  bool IsReady() const { return State().IsDone(); }

  // Waits until IsReady() or until `timeout` has passed on the steady clock,
  // and returns IsReady(). nanoseconds::max() waits without end.
  // Cost: no allocation; a system call only if it has to sleep.
  // On failure: std::logic_error when !IsValid(); std::system_error with
  // std::errc::resource_deadlock_would_occur when a task of the same pool would
  // wait without end.
  bool WaitFor(std::chrono::nanoseconds timeout) const {
    return State().WaitFor(timeout);
  }

  // Waits for the task, moves its result out and ends the future.
  // Cost: no allocation.
  // On failure: throws what the task threw; TaskCancelledError if it was
  // cancelled; std::logic_error when !IsValid(). Where a result was to come,
  // IsValid() is false afterwards. std::system_error with
  // std::errc::resource_deadlock_would_occur when a task of the same pool calls
  // it before IsReady(); the future is as it was.
  Result Get() {
    State().WaitFor(std::chrono::nanoseconds::max());
    const worker_pool_internal::TaskHandle last_use = std::move(handle_);
    ThrowUnlessValue(*last_use.get());
    if constexpr (!std::is_void_v<Result>) {
      return std::move(
          *worker_pool_internal::StoredIn<Result>(*last_use.get()));
    }
  }

 private:
  friend class WorkerPool;
  explicit TaskFuture(worker_pool_internal::TaskState* state)
      : handle_(state) {}
  worker_pool_internal::TaskState& State() const {
    if (handle_.get() == nullptr) {
      throw std::logic_error("TaskFuture: there is no task (moved, or got)");
    }
    return *handle_.get();
  }

  worker_pool_internal::TaskHandle handle_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_TASK_FUTURE_H_
