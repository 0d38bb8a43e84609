// SPDX-License-Identifier: Apache-2.0

#include "01_02/worker_pool.h"

#include <algorithm>
#include <bit>

#include "tools/exercise/todo.h"

namespace workbook {
namespace worker_pool_internal {

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

WorkerPool::WorkerPool(const WorkerPoolOptions& options)
    : store_(
          new TaskStore(Checked(options).queue_capacity + options.thread_count,
                        options.looks_before_sleep)),
      ring_(options.queue_capacity),
      workers_(options.thread_count) {
  Todo("01_02 task 10: WorkerPool::WorkerPool");
}

WorkerPool::~WorkerPool() {
  DebugCheck(!IsWorkerOf(store_.get()),
             "a task destroys the worker pool that runs it");
  JoinAll();
}

void WorkerPool::WaitIdle() {
  // What if one of the workers calls it?
  Todo("01_02 task 10: WorkerPool::WaitIdle");
}

void WorkerPool::Shutdown(ShutdownMode mode) {
  Todo("01_02 task 10: WorkerPool::Shutdown");
}

std::size_t WorkerPool::QueueCapacity() const { return ring_.Capacity(); }

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

void WorkerPool::DropTask(TaskState* state) {
  state->Run(/*cancelled=*/true);
  store_->Release(state);
}

void WorkerPool::PushSlow(TaskState* state) {
  Todo("01_02 task 10: WorkerPool::PushSlow");
}

void WorkerPool::WorkerMain(Worker& self) {
  Todo("01_02 task 10: WorkerPool::WorkerMain");
}

// nullptr: the pool is closed and everything was taken.
WorkerPool::TaskState* WorkerPool::NextTask() {
  Todo("01_02 task 10: WorkerPool::NextTask");
}

void WorkerPool::Sleep() { Todo("01_02 task 10: WorkerPool::Sleep"); }

void WorkerPool::RunTask(Worker& self, TaskState& task) {
  Todo("01_02 task 10: WorkerPool::RunTask");
}

// Head and tail first: what was accepted before they were equal has been taken,
// and its worker was not idle then.
bool WorkerPool::IsIdle() const { Todo("01_02 task 10: WorkerPool::IsIdle"); }

void WorkerPool::BecomeIdle() { Todo("01_02 task 10: WorkerPool::BecomeIdle"); }

void WorkerPool::RequireForeignThread(const char* function) const {
  if (IsWorkerOf(store_.get())) ThrowWouldWaitForItself(function);
}

void WorkerPool::JoinAll() { Todo("01_02 task 10: WorkerPool::JoinAll"); }

}  // namespace workbook
