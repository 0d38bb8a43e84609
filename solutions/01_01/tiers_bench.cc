// SPDX-License-Identifier: Apache-2.0

// Rows of replay/tiers: the malloc that a learner finds, and what each core
// task makes of it.
#include <cstddef>
#include <string>
#include <vector>

#include "exercises/01_01/replay_bench.h"

namespace workbook {
namespace {

using GetTier = void(void* (**allocate)(std::size_t),
                     void* (**allocate_aligned)(std::size_t, std::size_t),
                     void* (**reallocate)(void*, std::size_t),
                     void (**deallocate)(void*));

TierMalloc Tier(const std::string& name, GetTier* get) {
  MallocFunctions functions;
  get(&functions.allocate, &functions.allocate_aligned, &functions.reallocate,
      &functions.deallocate);
  return {name, functions};
}

}  // namespace

// programs/tier_functions.cc, once for each stage of tiers.bzl.
extern "C" {
GetTier WorkbookTierStart;
GetTier WorkbookTierTask2;
GetTier WorkbookTierTasks23;
GetTier WorkbookTierTasks24;
GetTier WorkbookTierTasks25;
}

std::vector<TierMalloc> Tiers() {
  return {Tier("as it begins", &WorkbookTierStart),
          Tier("task 2", &WorkbookTierTask2),
          Tier("tasks 2 and 3", &WorkbookTierTasks23),
          Tier("tasks 2 to 4", &WorkbookTierTasks24),
          Tier("tasks 2 to 5", &WorkbookTierTasks25)};
}

}  // namespace workbook
