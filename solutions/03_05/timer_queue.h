// SPDX-License-Identifier: Apache-2.0

// Timers that are gone when they are cancelled.
#ifndef WORKBOOK_03_05_TIMER_QUEUE_H_
#define WORKBOOK_03_05_TIMER_QUEUE_H_

#include <chrono>
#include <compare>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <thread>
#include <utility>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Calls functions at their time. The queue has no thread and no clock: who owns
// it calls RunDue, and sleeps until NextDue in between. So tests need no time.
// Thread safety: any thread, callbacks included, except where a function says
// otherwise.
class TimerQueue {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Callback = std::function<void()>;

  // Names one timer of a queue, and never another one.
  struct Id {
    TimePoint due;
    std::uint64_t number = 0;  // from 1, in the order of Add
    friend auto operator<=>(const Id&, const Id&) = default;
  };

  // Adds a timer that is called once, at `due`.
  // REQUIRES: `callback` throws nothing.
  // Cost: O(log timers); one allocation, beside those of `callback`.
  // On failure: std::bad_alloc; then nothing was added.
  Id Add(TimePoint due, Callback callback);

  // Removes a timer and returns true if it waits to be called. Returns false if
  // RunDue has taken it, or if an earlier Cancel has removed it. In the first
  // two cases nothing of the callback is left: it will not be called, does not
  // run, and what it captured is destroyed. For that the function waits while
  // the callback runs, unless it is the callback itself that calls. A second
  // Cancel waits for nothing: the first one may still destroy the captures.
  // Captures die without a lock.
  // Cost: O(log timers), beside the wait; frees the timer's memory at once.
  bool Cancel(const Id& id);

  // Calls all timers that are due at `now` or before, without a lock: earliest
  // first, those of one time in the order of Add. So it does with those that
  // callbacks add meanwhile, too. Returns how many it called.
  // REQUIRES: one thread at a time; no callback calls it.
  // Cost: O(log timers) for each call; frees each timer's memory at once.
  std::size_t RunDue(TimePoint now);

  // Returns when the next timer is due; nothing if there is none. Given.
  // Cost: O(1).
  std::optional<TimePoint> NextDue() const;

  // Returns how many timers wait. Given.
  // Cost: O(1).
  std::size_t Size() const;

 private:  // [given]
  mutable Mutex mutex_;
  std::condition_variable_any callback_ended_;
  std::map<Id, Callback> timers_ GUARDED_BY(mutex_);
  std::uint64_t added_ GUARDED_BY(mutex_) = 0;
  std::optional<Id> running_ GUARDED_BY(mutex_);
  std::thread::id runner_ GUARDED_BY(mutex_);  // of the callback that runs
};

}  // namespace workbook

#endif  // WORKBOOK_03_05_TIMER_QUEUE_H_
