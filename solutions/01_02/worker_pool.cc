// SPDX-License-Identifier: Apache-2.0

#include "01_02/worker_pool.h"

#include <algorithm>
#include <bit>

namespace workbook {
namespace worker_pool_internal {

void ParkingSpot::Park() {
  for (;;) {
    std::uint32_t permits = permits_.load();
    while (permits != 0) {
      if (permits_.compare_exchange_weak(permits, permits - 1)) return;
    }
    FutexWait(permits_, 0, nullptr);
  }
}

void ParkingSpot::Withdraw() {
  // Claimed already: the permit that comes is ours to consume.
  if (!Claim()) Park();
}

bool ParkingSpot::Claim() {
  std::uint32_t waiting = waiting_.load();
  while (waiting != 0) {
    if (waiting_.compare_exchange_weak(waiting, waiting - 1)) return true;
  }
  return false;
}

void ParkingSpot::WakeOneSlow() {
  if (!Claim()) return;
  permits_.fetch_add(1);
  FutexWake(permits_, 1);
}

void ParkingSpot::WakeAll() {
  const std::uint32_t claimed = waiting_.exchange(0);
  if (claimed == 0) return;
  permits_.fetch_add(claimed);
  FutexWake(permits_, static_cast<int>(claimed));
}

// [given]
TaskRing::TaskRing(std::size_t capacity)
    // With one cell "published" and "free for the next round" are the same
    // turn, so two is the least.
    : mask_(std::max<std::size_t>(std::bit_ceil(capacity), 2) - 1),
      cells_(std::make_unique<Cell[]>(mask_ + 1)) {
  for (std::uint64_t i = 0; i <= mask_; ++i) {
    cells_[i].turn.store(i, std::memory_order_relaxed);
  }
}

}  // namespace worker_pool_internal

// [given]
namespace {

using worker_pool_internal::IsWorkerOf;
using worker_pool_internal::Outcome;
using worker_pool_internal::PauseAfter;
using worker_pool_internal::TaskStore;
using worker_pool_internal::ThrowWouldWaitForItself;

const WorkerPoolOptions& Checked(const WorkerPoolOptions& options) {
  if (options.thread_count == 0) {
    throw std::invalid_argument("WorkerPool: thread_count is 0");
  }
  if (options.queue_capacity == 0) {
    throw std::invalid_argument("WorkerPool: queue_capacity is 0");
  }
  if (options.queue_capacity > WorkerPoolOptions::kMaxQueueCapacity) {
    throw std::invalid_argument("WorkerPool: queue_capacity is above 2^32");
  }
  return options;
}

// A worker adds to a counter of its own: no read-modify-write is needed.
void CountOne(std::atomic<std::uint64_t>& counter) {
  counter.store(counter.load(std::memory_order_relaxed) + 1,
                std::memory_order_relaxed);
}

}  // namespace

// [given initializers]
WorkerPool::WorkerPool(const WorkerPoolOptions& options)
    : store_(
          new TaskStore(Checked(options).queue_capacity + options.thread_count,
                        options.looks_before_sleep)),
      ring_(options.queue_capacity),
      workers_(options.thread_count) {
  try {
    for (Worker& worker : workers_) {
      worker.thread = std::thread([this, &worker] { WorkerMain(worker); });
    }
  } catch (...) {
    JoinAll();
    throw;
  }
}

// [given]
WorkerPool::~WorkerPool() {
  DebugCheck(!IsWorkerOf(store_.get()),
             "a task destroys the worker pool that runs it");
  JoinAll();
}

// [note] What if one of the workers calls it?
void WorkerPool::WaitIdle() {
  RequireForeignThread("WorkerPool::WaitIdle");
  idle_waiters_.fetch_add(1);
  {
    UniqueLock lock(idle_mutex_);
    idle_changed_.wait(lock.native(), [this] { return IsIdle(); });
  }
  idle_waiters_.fetch_sub(1);
}

void WorkerPool::Shutdown(ShutdownMode mode) {
  RequireForeignThread("WorkerPool::Shutdown");
  if (mode == ShutdownMode::kCancel) cancel_.store(true);
  JoinAll();
}

// [given]
std::size_t WorkerPool::QueueCapacity() const { return ring_.Capacity(); }

// [given]
WorkerPoolStats WorkerPool::Stats() const {
  WorkerPoolStats stats;
  // Both counts of one moment: with an older count of the taken ones, more
  // would seem to wait than the queue holds.
  std::uint64_t taken = 0;
  do {
    taken = ring_.Popped();
    stats.submitted = ring_.Pushed();
  } while (taken != ring_.Popped());
  stats.queued = stats.submitted - taken;
  for (const Worker& worker : workers_) {
    stats.run += worker.run.load(std::memory_order_relaxed);
    stats.failed += worker.failed.load(std::memory_order_relaxed);
    stats.cancelled += worker.cancelled.load(std::memory_order_relaxed);
  }
  stats.bytes_held = ring_.BytesHeld() + store_->BytesHeld() +
                     workers_.capacity() * sizeof(Worker);
  return stats;
}

// [given]
void WorkerPool::DropTask(TaskState* state) {
  state->Run(/*cancelled=*/true);
  store_->Release(state);
}

void WorkerPool::PushSlow(TaskState* state) {
  for (std::uint32_t look = 0;; ++look) {
    switch (ring_.TryPush(state)) {
      case TaskRing::PushResult::kPushed:
        return;
      case TaskRing::PushResult::kClosed:
        DropTask(state);
        throw WorkerPoolClosedError();
      case TaskRing::PushResult::kFull:
        break;
    }
    if (IsWorkerOf(store_.get())) {
      DropTask(state);
      ThrowWouldWaitForItself("WorkerPool::Submit");
    }
    if (look < store_->LooksBeforeSleep()) {
      std::this_thread::yield();
      continue;
    }
    space_.Announce();
    if (ring_.IsFull() && !ring_.IsClosed()) {
      space_.Park();
    } else {
      space_.Withdraw();
    }
  }
}

void WorkerPool::WorkerMain(Worker& self) {
  worker_pool_internal::BecomeWorkerOf(*store_);
  while (TaskState* const task = NextTask()) RunTask(self, *task);
  BecomeIdle();
}

// nullptr: the pool is closed and everything was taken.
WorkerPool::TaskState* WorkerPool::NextTask() {
  for (std::uint32_t look = 0;; ++look) {
    if (TaskState* const task = ring_.TryPop()) {
      space_.WakeOne();
      return task;
    }
    const TaskRing::Contents contents = ring_.Look();
    if (contents == TaskRing::Contents::kDrained) return nullptr;
    if (look < store_->LooksBeforeSleep() ||
        contents == TaskRing::Contents::kTasks) {
      PauseAfter(look);
    } else {
      Sleep();
      look = 0;
    }
  }
}

void WorkerPool::Sleep() {
  work_.Announce();
  if (ring_.Look() != TaskRing::Contents::kEmpty) {
    work_.Withdraw();
    return;
  }
  BecomeIdle();
  work_.Park();
  idle_workers_.fetch_sub(1);
}

void WorkerPool::RunTask(Worker& self, TaskState& task) {
  task.Run(cancel_.load(std::memory_order_relaxed));
  CountOne(task.outcome == Outcome::kCancelled ? self.cancelled : self.run);
  if (task.outcome == Outcome::kError) CountOne(self.failed);
  task.Finish();
}

// Head and tail first: what was accepted before they were equal has been taken,
// and its worker was not idle then.
bool WorkerPool::IsIdle() const {
  return ring_.Look() != TaskRing::Contents::kTasks &&
         idle_workers_.load() == workers_.size();
}

void WorkerPool::BecomeIdle() {
  if (idle_workers_.fetch_add(1) + 1 == workers_.size() &&
      idle_waiters_.load() != 0) {
    const MutexLock lock(idle_mutex_);
    idle_changed_.notify_all();
  }
}

// [given]
void WorkerPool::RequireForeignThread(const char* function) const {
  if (IsWorkerOf(store_.get())) ThrowWouldWaitForItself(function);
}

void WorkerPool::JoinAll() {
  ring_.Close();
  work_.WakeAll();
  space_.WakeAll();
  const MutexLock lock(shutdown_mutex_);
  for (Worker& worker : workers_) {
    if (worker.thread.joinable()) worker.thread.join();
  }
}

}  // namespace workbook
