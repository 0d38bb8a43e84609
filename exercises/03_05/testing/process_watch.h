// SPDX-License-Identifier: Apache-2.0

// Takes snapshots of the running test.
#ifndef WORKBOOK_EXERCISES_03_05_TESTING_PROCESS_WATCH_H_
#define WORKBOOK_EXERCISES_03_05_TESTING_PROCESS_WATCH_H_

#include <thread>
#include <vector>

#include "03_05/leak_diff.h"
#include "exercises/03_05/given/live_task.h"
#include "exercises/03_05/given/snapshot.h"
#include "exercises/03_05/testing/gate.h"
#include "tools/probe/probe.h"

namespace workbook {

// Sees each block that is allocated while it lives, by any thread.
// Thread safety: the thread that made it.
class ProcessWatch {
 public:
  // Begins to count, and then lets many threads live at the same time: glibc
  // keeps the stacks of a few ended threads for the next ones, with a block of
  // the heap each. What is kept from the beginning on is no leak.
  ProcessWatch() {
    constexpr int kThreads = 50;
    Gate gate;
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&gate] { gate.Pass(); });
    }
    gate.Open();
    for (std::thread& thread : threads) thread.join();
    Settled(Take());  // a detector that is not written yet says so here
  }

  Snapshot Take() const {
    Snapshot now;
    now.live_bytes = scope_.Counts().live_bytes;
    now.tasks = LiveTask::Count();
    now.threads = ThreadIds::OfThisProcess();
    return now;
  }

  // What is still there of all that came since `before`, once it has settled.
  LeakDiff Settled(const Snapshot& before) const {
    constexpr int kMaxLooks = 100'000;  // seconds; two or three are enough
    return SettledDiff(
        before, [this] { return Take(); }, kMaxLooks);
  }

 private:
  const AllocationScope scope_{ProbeExtent::kProcess};
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_05_TESTING_PROCESS_WATCH_H_
