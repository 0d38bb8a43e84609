// Takes snapshots of the running test.
#ifndef WORKBOOK_EXERCISES_03_05_TESTING_PROCESS_WATCH_H_
#define WORKBOOK_EXERCISES_03_05_TESTING_PROCESS_WATCH_H_

#include "03_05/leak_diff.h"
#include "exercises/03_05/given/live_task.h"
#include "exercises/03_05/given/snapshot.h"
#include "tools/probe/probe.h"

namespace workbook {

// Sees each block that is allocated while it lives, by any thread. Warm up
// after its construction and before the first snapshot: glibc keeps the blocks
// of a few ended threads for the next ones, and those are no leak.
// Thread safety: the thread that made it.
class ProcessWatch {
 public:
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
