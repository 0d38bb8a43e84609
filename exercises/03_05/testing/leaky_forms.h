// SPDX-License-Identifier: Apache-2.0

// The leaks that tasks 3 and 4 end, as a colleague writes them. Each can be
// helped out from outside, so that a test that has seen the leak can end it.
#ifndef WORKBOOK_EXERCISES_03_05_TESTING_LEAKY_FORMS_H_
#define WORKBOOK_EXERCISES_03_05_TESTING_LEAKY_FORMS_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "exercises/03_05/given/live_task.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {

// A bounded queue that can't be closed: who waits has one way out.
template <class T>
class PlainChannel {
 public:
  explicit PlainChannel(std::size_t capacity) : capacity_(capacity) {}

  void Send(T value) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return queue_.size() < capacity_; });
    queue_.push_back(std::move(value));
    arrival_.notify_one();
  }

  T Receive() {
    std::unique_lock lock(mutex_);
    arrival_.wait(lock, [this] { return !queue_.empty(); });
    T value = std::move(queue_.front());
    queue_.pop_front();
    room_.notify_one();
    return value;
  }

 private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable arrival_;
  std::deque<T> queue_;
};

// Starts tasks and forgets them. An error of one is told to none.
class FireAndForget {
 public:
  using Task = std::function<void(std::stop_token)>;

  FireAndForget() = default;
  FireAndForget(const FireAndForget&) = delete;
  FireAndForget& operator=(const FireAndForget&) = delete;
  // Helps out: stops and joins what would wait forever.
  ~FireAndForget() {
    rescue_.request_stop();
    for (std::thread& thread : threads_) thread.join();
  }

  void Start(Task task) {
    threads_.emplace_back([task = std::move(task), this] {
      const LiveTask live;
      try {
        task(rescue_.get_token());
      } catch (...) {
        return;
      }
    });
  }

 private:
  std::stop_source rescue_;
  std::list<std::thread> threads_;
};

// A task that waits for its end. Returns whether it was asked to stop in time;
// its bound is twice that of what a test expects meanwhile.
inline bool WaitForStop(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, 2 * kBound, [] { return false; });
  return stop.stop_requested();
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_05_TESTING_LEAKY_FORMS_H_
