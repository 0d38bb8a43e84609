// SPDX-License-Identifier: Apache-2.0

// What a process holds at one moment, as far as it can leak.
#ifndef WORKBOOK_EXERCISES_03_05_GIVEN_SNAPSHOT_H_
#define WORKBOOK_EXERCISES_03_05_GIVEN_SNAPSHOT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace workbook {

// The kernel's ids of threads, in ascending order. They lie in the object and
// not on the heap, so that a detector does not find its own memory.
// Thread safety: that of an int.
class ThreadIds {
 public:
  static constexpr std::size_t kMax = 4096;

  // Holds `ids`, in any order.
  // On failure: std::length_error for more than kMax ids, as below.
  ThreadIds(std::initializer_list<int> ids);

  // Reads /proc/self/task, which has an entry for each thread of this process.
  // An entry may stay for a moment after a join of its thread has returned.
  // Cost: a few system calls; what it allocates is freed again.
  // On failure: std::system_error if there is no /proc.
  static ThreadIds OfThisProcess();

  const int* begin() const { return ids_.data(); }
  const int* end() const { return ids_.data() + size_; }
  std::size_t size() const { return size_; }

 private:
  void Add(int id);

  std::array<int, kMax> ids_;
  std::size_t size_ = 0;
};

struct Snapshot {
  ThreadIds threads{};
  std::int64_t tasks = 0;       // LiveTask::Count()
  std::int64_t live_bytes = 0;  // of the heap
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_05_GIVEN_SNAPSHOT_H_
