// SPDX-License-Identifier: Apache-2.0

#include "03_05/leak_diff.h"

#include <algorithm>
#include <iterator>
#include <thread>

namespace workbook {

bool LeakDiff::IsClean() const {
  return threads.empty() && tasks <= 0 && live_bytes <= 0;
}

// [given]
std::string LeakDiff::Describe() const {
  return std::to_string(threads.size()) + " threads, " + std::to_string(tasks) +
         " tasks, " + std::to_string(live_bytes) + " bytes more than before";
}

LeakDiff DiffOf(const Snapshot& before, const Snapshot& after) {
  LeakDiff diff{
      {}, after.tasks - before.tasks, after.live_bytes - before.live_bytes};
  std::set_difference(after.threads.begin(), after.threads.end(),
                      before.threads.begin(), before.threads.end(),
                      std::back_inserter(diff.threads));
  return diff;
}

LeakDiff SettledDiff(const Snapshot& before,
                     const std::function<Snapshot()>& take, int max_looks) {
  LeakDiff diff = DiffOf(before, take());
  for (int look = 1; look < max_looks && !diff.IsClean(); ++look) {
    std::this_thread::yield();
    diff = DiffOf(before, take());
  }
  return diff;
}

}  // namespace workbook
