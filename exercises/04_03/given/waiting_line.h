// SPDX-License-Identifier: Apache-2.0

// Threads in a line, in the order in which they came.
#ifndef WORKBOOK_EXERCISES_04_03_GIVEN_WAITING_LINE_H_
#define WORKBOOK_EXERCISES_04_03_GIVEN_WAITING_LINE_H_

#include <condition_variable>
#include <cstddef>

namespace workbook {

// A thread in the line: a record on its own stack, so that it has to leave the
// line before its function returns.
struct Waiter {
  std::condition_variable wake;  // this thread alone sleeps here
  std::byte* granted = nullptr;  // what another thread has handed to it
  bool in_line = false;          // the line sets and clears it
  Waiter* previous = nullptr;
  Waiter* next = nullptr;
};

// A list through the records.
// Cost: O(1), no allocation, for all functions.
// Thread safety: one thread at a time: the owner's mutex.
class WaitingLine {
 public:
  // Puts `waiter` at the end.
  // REQUIRES: it is in no line.
  void Join(Waiter& waiter) {
    waiter.in_line = true;
    waiter.previous = last_;
    waiter.next = nullptr;
    (last_ == nullptr ? first_ : last_->next) = &waiter;
    last_ = &waiter;
    ++size_;
  }

  // Takes `waiter` out, wherever it stands.
  // REQUIRES: it is in this line.
  void Leave(Waiter& waiter) {
    (waiter.previous == nullptr ? first_ : waiter.previous->next) = waiter.next;
    (waiter.next == nullptr ? last_ : waiter.next->previous) = waiter.previous;
    waiter.in_line = false;
    --size_;
  }

  // Returns the record of the thread that has waited longest; nullptr where
  // the line is empty.
  Waiter* First() const { return first_; }
  std::size_t Size() const { return size_; }

 private:
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_03_GIVEN_WAITING_LINE_H_
