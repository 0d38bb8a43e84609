// SPDX-License-Identifier: Apache-2.0

#include "03_05/timer_queue.h"

namespace workbook {

TimerQueue::Id TimerQueue::Add(TimePoint due, Callback callback) {
  const MutexLock lock(mutex_);
  const Id id{due, added_ + 1};
  timers_.emplace(id, std::move(callback));
  ++added_;
  return id;
}

bool TimerQueue::Cancel(const Id& id) {
  std::map<Id, Callback>::node_type cancelled;  // outlives the lock
  UniqueLock lock(mutex_);
  cancelled = timers_.extract(id);
  if (!cancelled.empty()) return true;
  if (runner_ != std::this_thread::get_id()) {
    callback_ended_.wait(lock,
                         [&]() REQUIRES(mutex_) { return running_ != id; });
  }
  return false;
}

std::size_t TimerQueue::RunDue(TimePoint now) {
  std::size_t called = 0;
  UniqueLock lock(mutex_);
  while (!timers_.empty() && timers_.begin()->first.due <= now) {
    auto timer = timers_.extract(timers_.begin());
    running_ = timer.key();
    runner_ = std::this_thread::get_id();
    lock.unlock();
    timer.mapped()();
    timer = {};  // its captures die before a Cancel returns
    lock.lock();
    running_.reset();
    runner_ = {};
    callback_ended_.notify_all();
    ++called;
  }
  return called;
}

// [given]
std::optional<TimerQueue::TimePoint> TimerQueue::NextDue() const {
  const MutexLock lock(mutex_);
  if (timers_.empty()) return std::nullopt;
  return timers_.begin()->first.due;
}

// [given]
std::size_t TimerQueue::Size() const {
  const MutexLock lock(mutex_);
  return timers_.size();
}

}  // namespace workbook
