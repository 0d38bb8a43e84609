// SPDX-License-Identifier: Apache-2.0

// A bounded queue between threads, in which no wait lasts forever.
#ifndef WORKBOOK_03_05_CHANNEL_H_
#define WORKBOOK_03_05_CHANNEL_H_

#include <condition_variable>
#include <cstddef>
#include <optional>
#include <stop_token>
#include <utility>

#include "exercises/03_05/given/ring.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Hands elements over in the order in which they were sent. A thread that waits
// here has three ways out: what it waits for comes, the channel is closed, or
// its own stop token asks it to stop. Each element is at any moment with its
// sender, in the channel, or with one receiver.
// A wait sleeps: it uses no processor time until it is woken.
// Thread safety: any thread, for all but the destructor: every other call must
// have returned before it begins.
template <class T>
class Channel {
 public:
  // Opens a channel for at most `capacity` elements.
  // Cost: an allocation for the elements, and one for each of two condition
  // variables; no other member allocates.
  // On failure: std::invalid_argument for a capacity of 0; std::bad_alloc.
  explicit Channel(std::size_t capacity) : ring_(capacity) {}
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  // Waits for room and moves `value` into it. Returns false, and leaves `value`
  // as it is, if the channel is closed, or if there is no room when a stop is
  // requested of `stop`. An open channel with room takes it even then.
  // Cost: O(1) beside the wait, one move; wakes at most one receiver. `stop` is
  // copied by a call that waits, and by no other: a copy is an atomic addition.
  bool Send(T&& value, const std::stop_token& stop = {});

  // Waits for an element and returns the oldest. Returns nothing if the channel
  // is closed and empty, or if it is empty when a stop is requested of `stop`.
  // What is there is returned even then.
  // Cost: O(1) beside the wait, one or two moves; wakes at most one sender, and
  // copies `stop` only to wait.
  std::optional<T> Receive(const std::stop_token& stop = {});

  // Does the same without a wait.
  // Cost: O(1), for both.
  bool TrySend(T&& value);
  std::optional<T> TryReceive();

  // Lets nothing more in, and wakes all who wait. What is inside can still be
  // received. May be called again.
  // Cost: O(waiting threads).
  void Close();

  // Returns how many elements are inside, and whether Close has been called: a
  // recent state, while other threads are at work.
  // Cost: O(1), for both.
  std::size_t Size() const;
  bool IsClosed() const;

 private:  // [given]
  mutable Mutex mutex_;
  std::condition_variable_any room_;     // senders wait here
  std::condition_variable_any arrival_;  // receivers wait here
  Ring<T> ring_ GUARDED_BY(mutex_);
  bool closed_ GUARDED_BY(mutex_) = false;
  // A notification costs a lock of its own: only where a thread waits.
  std::size_t waiting_senders_ GUARDED_BY(mutex_) = 0;
  std::size_t waiting_receivers_ GUARDED_BY(mutex_) = 0;
};

template <class T>
bool Channel<T>::Send(T&& value, const std::stop_token& stop) {
  UniqueLock lock(mutex_);
  const auto may_go_on = [this]() REQUIRES(mutex_) {
    return closed_ || !ring_.IsFull();
  };
  if (!may_go_on()) {
    ++waiting_senders_;
    room_.wait(lock, stop, may_go_on);
    --waiting_senders_;
  }
  if (closed_ || ring_.IsFull()) return false;
  ring_.Push(std::move(value));
  const bool is_awaited = waiting_receivers_ != 0;
  lock.unlock();
  if (is_awaited) arrival_.notify_one();
  return true;
}

template <class T>
std::optional<T> Channel<T>::Receive(const std::stop_token& stop) {
  UniqueLock lock(mutex_);
  const auto may_go_on = [this]() REQUIRES(mutex_) {
    return closed_ || !ring_.IsEmpty();
  };
  if (!may_go_on()) {
    ++waiting_receivers_;
    arrival_.wait(lock, stop, may_go_on);
    --waiting_receivers_;
  }
  if (ring_.IsEmpty()) return std::nullopt;
  std::optional<T> value(ring_.Pop());
  const bool is_awaited = waiting_senders_ != 0;
  lock.unlock();
  if (is_awaited) room_.notify_one();
  return value;
}

template <class T>
bool Channel<T>::TrySend(T&& value) {
  UniqueLock lock(mutex_);
  if (closed_ || ring_.IsFull()) return false;
  ring_.Push(std::move(value));
  const bool is_awaited = waiting_receivers_ != 0;
  lock.unlock();
  if (is_awaited) arrival_.notify_one();
  return true;
}

template <class T>
std::optional<T> Channel<T>::TryReceive() {
  UniqueLock lock(mutex_);
  if (ring_.IsEmpty()) return std::nullopt;
  std::optional<T> value(ring_.Pop());
  const bool is_awaited = waiting_senders_ != 0;
  lock.unlock();
  if (is_awaited) room_.notify_one();
  return value;
}

template <class T>
void Channel<T>::Close() {
  {
    const MutexLock lock(mutex_);
    closed_ = true;
  }
  room_.notify_all();
  arrival_.notify_all();
}

template <class T>
std::size_t Channel<T>::Size() const {
  const MutexLock lock(mutex_);
  return ring_.size();
}

template <class T>
bool Channel<T>::IsClosed() const {
  const MutexLock lock(mutex_);
  return closed_;
}

}  // namespace workbook

#endif  // WORKBOOK_03_05_CHANNEL_H_
