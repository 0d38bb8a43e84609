// SPDX-License-Identifier: Apache-2.0

// Threads that wait for a buffer, and a way to help them out. The pool is the
// learner's or the reference's, as the test that includes this has it.
#ifndef WORKBOOK_EXERCISES_04_03_TESTING_WAITING_TEST_H_
#define WORKBOOK_EXERCISES_04_03_TESTING_WAITING_TEST_H_

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <utility>

#include "04_03/bounded_buffer_pool.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/sleeper.h"

namespace workbook {

// A fixture whose waits end, whatever the pool does.
class WaitingTest : public BoundedTest {
 protected:
  WaitingTest() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}

  // What is not written yet says so here, and not on a thread of a test.
  void SetUp() override {
    BoundedBufferPool pool(1, 64);
    pool.Acquire();
    pool.TryAcquire();
    pool.Close();
  }

  // What helps a thread out that a wrong pool leaves asleep.
  std::stop_token Token() const { return rescue_.get_token(); }
  void Rescue(BoundedBufferPool& pool) {
    rescue_.request_stop();
    pool.Close();
  }

 private:
  std::stop_source rescue_;
};

// A thread that acquires, and keeps what it gets until the test takes it.
class Client {
 public:
  Client(BoundedBufferPool& pool, std::stop_token stop)
      : thread_([this, &pool, stop = std::move(stop)] {
          buffer_ = pool.Acquire(stop);
        }) {}

  const Sleeper& thread() const { return thread_; }
  // REQUIRES: the thread has ended.
  bool HasBuffer() const { return static_cast<bool>(buffer_); }
  BoundedBufferPool::Buffer Take() { return std::move(buffer_); }

 private:
  BoundedBufferPool::Buffer buffer_;
  Sleeper thread_;  // the last member: it uses the others
};

// Returns whether `number` threads wait in line, in time.
inline bool Wait(const BoundedBufferPool& pool, std::size_t number) {
  return Eventually([&] { return pool.Waiting() == number; });
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_03_TESTING_WAITING_TEST_H_
