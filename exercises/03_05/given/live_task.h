// SPDX-License-Identifier: Apache-2.0

// How many tasks are alive: a number that neither the kernel nor the heap has.
#ifndef WORKBOOK_EXERCISES_03_05_GIVEN_LIVE_TASK_H_
#define WORKBOOK_EXERCISES_03_05_GIVEN_LIVE_TASK_H_

#include <atomic>
#include <cstdint>

namespace workbook {

// Counts as one task while it lives. Put one on the stack of what runs a task.
// Cost: an atomic addition at each end; no allocation.
// Thread safety: any thread.
class LiveTask {
 public:
  LiveTask() { alive.fetch_add(1, std::memory_order_relaxed); }
  ~LiveTask() { alive.fetch_sub(1, std::memory_order_relaxed); }
  LiveTask(const LiveTask&) = delete;
  LiveTask& operator=(const LiveTask&) = delete;

  // Returns how many are alive in the process.
  static std::int64_t Count() { return alive.load(std::memory_order_relaxed); }

 private:
  static inline std::atomic<std::int64_t> alive{0};
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_05_GIVEN_LIVE_TASK_H_
