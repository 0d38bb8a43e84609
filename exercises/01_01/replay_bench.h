// SPDX-License-Identifier: Apache-2.0

// The allocator on its way: what replay_bench.cc has rows of where it is linked
// with them.
#ifndef WORKBOOK_EXERCISES_01_01_REPLAY_BENCH_H_
#define WORKBOOK_EXERCISES_01_01_REPLAY_BENCH_H_

#include <string>
#include <vector>

#include "tools/trace/replay.h"

namespace workbook {

struct TierMalloc {
  std::string name;  // "tasks 2-3"
  MallocFunctions functions;
};

// Returns what the exercise begins with and what each task makes of it; none
// but in the author's benchmark.
std::vector<TierMalloc> Tiers();

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_REPLAY_BENCH_H_
