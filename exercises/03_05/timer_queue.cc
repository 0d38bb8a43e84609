// SPDX-License-Identifier: Apache-2.0

#include "03_05/timer_queue.h"

#include "tools/exercise/todo.h"

namespace workbook {

TimerQueue::Id TimerQueue::Add(TimePoint due, Callback callback) {
  Todo("03_05 task 5: TimerQueue::Add");
}

bool TimerQueue::Cancel(const Id& id) {
  Todo("03_05 task 5: TimerQueue::Cancel");
}

std::size_t TimerQueue::RunDue(TimePoint now) {
  Todo("03_05 task 5: TimerQueue::RunDue");
}

std::optional<TimerQueue::TimePoint> TimerQueue::NextDue() const {
  const std::lock_guard lock(mutex_);
  if (timers_.empty()) return std::nullopt;
  return timers_.begin()->first.due;
}

std::size_t TimerQueue::Size() const {
  const std::lock_guard lock(mutex_);
  return timers_.size();
}

}  // namespace workbook
