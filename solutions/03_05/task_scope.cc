// SPDX-License-Identifier: Apache-2.0

#include "03_05/task_scope.h"

namespace workbook {

// [given]
TaskScope::TaskScope(std::stop_token parent)
    : parent_(std::move(parent), PassOn{stop_}) {}

TaskScope::~TaskScope() {
  RequestStop();
  try {
    Wait();
  } catch (...) {
    return;  // dropped, as the contract says
  }
}

bool TaskScope::Start(Task task) {
  Threads ended;  // joins what is moved here, once the lock is released
  const MutexLock lock(mutex_);
  if (stop_.stop_requested()) return false;
  ended.swap(ended_);
  Threads started(1);
  const Threads::iterator self = started.begin();
  *self = std::jthread([this, self, task = std::move(task)]() mutable {
    Run(self, std::move(task));
  });
  running_.splice(running_.end(), started);
  return true;
}

void TaskScope::Run(Threads::iterator self, Task task) {
  const LiveTask live;
  try {
    task(stop_.get_token());
  } catch (...) {
    {
      const MutexLock lock(mutex_);
      if (error_ == nullptr) error_ = std::current_exception();
    }
    RequestStop();
  }
  task = nullptr;
  const MutexLock lock(mutex_);
  ended_.splice(ended_.end(), running_, self);
  task_ended_.notify_all();
}

void TaskScope::Wait() {
  Threads ended;
  UniqueLock lock(mutex_);
  task_ended_.wait(lock,
                   [this]() REQUIRES(mutex_) { return running_.empty(); });
  ended.swap(ended_);
  if (error_ != nullptr) {
    std::rethrow_exception(std::exchange(error_, nullptr));
  }
}

void TaskScope::RequestStop() { stop_.request_stop(); }

std::stop_token TaskScope::Token() const { return stop_.get_token(); }

}  // namespace workbook
