// SPDX-License-Identifier: Apache-2.0

// What a piece of code has left behind: threads, tasks and bytes.
#ifndef WORKBOOK_03_05_LEAK_DIFF_H_
#define WORKBOOK_03_05_LEAK_DIFF_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "exercises/03_05/given/snapshot.h"

namespace workbook {

struct LeakDiff {
  std::vector<int> threads;     // ids of those that are new, ascending
  std::int64_t tasks = 0;       // more than before; negative: fewer
  std::int64_t live_bytes = 0;  // more than before; negative: fewer

  // Returns whether nothing is left: no thread is new, and neither tasks nor
  // bytes are more than before. What became less makes up for nothing.
  // Cost: O(1), no allocation.
  // Thread safety: that of an int, as for all in this file.
  bool IsClean() const;

  // Returns "3 threads, 2 tasks, 512 bytes more than before". Given.
  // Cost: O(1), a few allocations.
  std::string Describe() const;
};

// Compares two snapshots of one process. A thread is new if `after` has its id
// and `before` has not; how many threads there are decides nothing.
// Cost: O(threads), plus the memory of the new ids.
// On failure: std::bad_alloc.
LeakDiff DiffOf(const Snapshot& before, const Snapshot& after);

// Compares `before` with what `take` returns, again and again until the result
// is clean, and yields the processor in between: a thread that has been joined
// may still have its entry for a moment. Returns the last result.
// REQUIRES: `max_looks` >= 1.
// Cost: at most `max_looks` calls of `take`, and none after a clean result.
// On failure: what `take` throws; std::bad_alloc.
LeakDiff SettledDiff(const Snapshot& before,
                     const std::function<Snapshot()>& take, int max_looks);

}  // namespace workbook

#endif  // WORKBOOK_03_05_LEAK_DIFF_H_
