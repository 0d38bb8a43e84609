// SPDX-License-Identifier: Apache-2.0

#include "03_05/leak_diff.h"

#include <algorithm>
#include <iterator>
#include <thread>

#include "tools/exercise/todo.h"

namespace workbook {

bool LeakDiff::IsClean() const { Todo("03_05 task 1: LeakDiff::IsClean"); }

std::string LeakDiff::Describe() const {
  return std::to_string(threads.size()) + " threads, " + std::to_string(tasks) +
         " tasks, " + std::to_string(live_bytes) + " bytes more than before";
}

LeakDiff DiffOf(const Snapshot& before, const Snapshot& after) {
  Todo("03_05 task 1: DiffOf");
}

LeakDiff SettledDiff(const Snapshot& before,
                     const std::function<Snapshot()>& take, int max_looks) {
  Todo("03_05 task 1: SettledDiff");
}

}  // namespace workbook
