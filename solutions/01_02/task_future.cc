// SPDX-License-Identifier: Apache-2.0

#include "01_02/task_future.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <climits>
#include <string>
#include <system_error>
#include <thread>

namespace workbook {
namespace worker_pool_internal {
// [given]
namespace {

constinit thread_local const TaskStore* store_of_this_thread = nullptr;

}  // namespace

// [given]
void BecomeWorkerOf(const TaskStore& store) { store_of_this_thread = &store; }

// [given]
bool IsWorkerOf(const TaskStore* store) {
  return store_of_this_thread == store;
}

// [given]
void ThrowWouldWaitForItself(const char* function) {
  throw std::system_error(
      std::make_error_code(std::errc::resource_deadlock_would_occur),
      std::string(function) +
          ": a task would wait for its own pool; wait outside of the pool, or "
          "use another one");
}

// [given]
void PauseAfter(std::uint32_t looks) {
#if defined(__x86_64__)
  if (looks < kLooksOnProcessor) return __builtin_ia32_pause();
#else
  static_cast<void>(looks);
#endif
  std::this_thread::yield();
}

// [given]
void FutexWait(std::atomic<std::uint32_t>& word, std::uint32_t expected,
               const timespec* timeout) {
  static_assert(sizeof(word) == sizeof(std::uint32_t));
  syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, expected, timeout, nullptr, 0);
}

// [given]
void FutexWake(std::atomic<std::uint32_t>& word, int count) {
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

// [given]
void TaskState::Run(bool cancelled) {
  if (cancelled) {
    outcome = Outcome::kCancelled;
    act(*this, Action::kCancel);
  } else {
    act(*this, Action::kRun);
  }
}

// [given]
void TaskState::Finish() {
  const std::uint32_t before = phase.exchange(kDone, std::memory_order_acq_rel);
  if (before == kWaitedFor) {
    // Only the address is used from here on: the future may be gone already.
    FutexWake(phase, INT_MAX);
  } else if (before == kAbandoned) {
    Recycle();
  }
}

// [given]
void TaskState::Abandon() {
  if (IsDone() ||
      phase.exchange(kAbandoned, std::memory_order_acq_rel) == kDone) {
    Recycle();
  }
}

// [given]
void TaskState::Recycle() {
  if (outcome == Outcome::kError) {
    std::destroy_at(StoredIn<std::exception_ptr>(*this));
  } else if (outcome == Outcome::kValue) {
    act(*this, Action::kDropResult);
  }
  store->Release(this);
}

// [given]
bool TaskState::WaitFor(std::chrono::nanoseconds timeout) {
  const bool forever = timeout == std::chrono::nanoseconds::max();
  if (forever && IsWorkerOf(store) && !IsDone()) {
    ThrowWouldWaitForItself("TaskFuture");
  }
  for (std::uint32_t look = 0; look < store->LooksBeforeSleep(); ++look) {
    if (IsDone()) return true;
    PauseAfter(look);
  }
  using Clock = std::chrono::steady_clock;
  const Clock::time_point start = Clock::now();
  while (!IsDone()) {
    timespec left_timespec = {};
    if (!forever) {
      const auto left = timeout - (Clock::now() - start);
      if (left <= left.zero()) return IsDone();
      const auto whole = std::chrono::floor<std::chrono::seconds>(left);
      left_timespec.tv_sec = whole.count();
      left_timespec.tv_nsec = (left - whole).count();
    }
    std::uint32_t expected = kPending;
    if (phase.compare_exchange_strong(expected, kWaitedFor) ||
        expected == kWaitedFor) {
      FutexWait(phase, kWaitedFor, forever ? nullptr : &left_timespec);
    }
  }
  return true;
}

// [given]
void ThrowUnlessValue(TaskState& state) {
  if (state.outcome == Outcome::kCancelled) throw TaskCancelledError();
  if (state.outcome == Outcome::kError) {
    std::rethrow_exception(std::move(*StoredIn<std::exception_ptr>(state)));
  }
}

// [given]
TaskStore::TaskStore(std::size_t expected_states,
                     std::uint32_t looks_before_sleep)
    : first_chunk_shift_(static_cast<int>(std::bit_width(expected_states - 1))),
      looks_before_sleep_(looks_before_sleep) {
  TaskState* const first = AcquireSlow();
  Release(first);
}

// Adds a chunk, as many states as there are already, and returns one of them.
// [given]
TaskState* TaskStore::AcquireSlow() {
  const MutexLock lock(growth_mutex_);
  if (chunk_count_ == kMaxChunks) throw std::bad_alloc();
  const std::uint32_t count =
      std::uint32_t{1} << (first_chunk_shift_ + static_cast<int>(chunk_count_));
  auto chunk = std::make_unique<TaskState[]>(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    chunk[i].index = state_count_ + i;
    chunk[i].store = this;
  }
  chunks_[chunk_count_] = std::move(chunk);
  TaskState* const states = chunks_[chunk_count_].get();
  ++chunk_count_;
  state_count_ += count;
  for (std::uint32_t i = count - 1; i > 0; --i) Release(&states[i]);
  return &states[0];
}

// No lock: the pool that could make it grow dies.
// [given]
void TaskStore::Orphan() NO_THREAD_SAFETY_ANALYSIS {
  const std::uint64_t head =
      head_.exchange(kOrphaned, std::memory_order_acq_rel);
  std::int64_t in_store = 0;
  for (auto index = static_cast<std::uint32_t>(head); index != kEmpty;
       index = At(index).next_free.load(std::memory_order_relaxed)) {
    ++in_store;
  }
  const std::int64_t out = state_count_ - in_store;
  if (out_after_orphan_.fetch_add(out, std::memory_order_acq_rel) + out == 0) {
    delete this;
  }
}

// [given]
void TaskStore::ReleaseSlow() {
  if (out_after_orphan_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    delete this;
  }
}

// [given]
std::size_t TaskStore::BytesHeld() const {
  const MutexLock lock(growth_mutex_);
  return sizeof(*this) + state_count_ * sizeof(TaskState);
}

}  // namespace worker_pool_internal
}  // namespace workbook
