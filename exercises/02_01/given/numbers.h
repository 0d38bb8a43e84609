// SPDX-License-Identifier: Apache-2.0

// A coroutine that yields ints, one at a time.
#ifndef WORKBOOK_EXERCISES_02_01_GIVEN_NUMBERS_H_
#define WORKBOOK_EXERCISES_02_01_GIVEN_NUMBERS_H_

#include <coroutine>
#include <utility>

// gcc 12 takes a promise's operator new and delete for a mismatched pair
// wherever a coroutine is compiled, so this is for the file that includes it.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace workbook {

// Frames are allocated by Frames: by its operator new, or, where it has none,
// by the global one.
// Thread safety: one thread at a time for each object.
template <class Frames>
class Numbers {
 public:
  struct promise_type : Frames {
    Numbers get_return_object() {
      return Numbers(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int next) noexcept {
      value = next;
      return {};
    }
    void return_void() noexcept {}
    void unhandled_exception() { throw; }

    int value = 0;
  };

  Numbers(Numbers&& other) noexcept
      : frame_(std::exchange(other.frame_, nullptr)) {}
  Numbers& operator=(Numbers&&) = delete;

  // Destroys the frame.
  ~Numbers() {
    if (frame_) frame_.destroy();
  }

  // Runs the coroutine up to its next value, and returns whether it has one.
  // Cost: a call.
  // On failure: what the coroutine throws; it has no further value.
  bool Next() {
    if (!frame_.done()) frame_.resume();
    return !frame_.done();
  }

  // Returns the value at which the coroutine stands.
  // REQUIRES: the last Next returned true.
  // Cost: O(1).
  int value() const { return frame_.promise().value; }

 private:
  explicit Numbers(std::coroutine_handle<promise_type> frame) : frame_(frame) {}

  std::coroutine_handle<promise_type> frame_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_02_01_GIVEN_NUMBERS_H_
