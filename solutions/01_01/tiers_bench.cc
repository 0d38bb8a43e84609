// SPDX-License-Identifier: Apache-2.0

// Rows of replay/tiers: the malloc that a learner finds, and what each core
// task makes of it.
#include <cstddef>
#include <string>
#include <vector>

#include "exercises/01_01/replay_bench.h"

// tier_functions.cc, once for each stage of tiers.bzl.
#define WORKBOOK_DECLARE_TIER(name)                         \
  extern "C" void WorkbookTier_##name(                      \
      void* (**allocate)(std::size_t),                      \
      void* (**allocate_aligned)(std::size_t, std::size_t), \
      void* (**reallocate)(void*, std::size_t), void (**deallocate)(void*))
WORKBOOK_DECLARE_TIER(start);
WORKBOOK_DECLARE_TIER(task_2);
WORKBOOK_DECLARE_TIER(tasks_2_3);
WORKBOOK_DECLARE_TIER(tasks_2_4);
WORKBOOK_DECLARE_TIER(tasks_2_5);

namespace workbook {
namespace {

void* (*allocate)(std::size_t) = nullptr;
void* (*allocate_aligned)(std::size_t, std::size_t) = nullptr;
void* (*reallocate)(void*, std::size_t) = nullptr;
void (*deallocate)(void*) = nullptr;

template <class Get>
TierMalloc Tier(const std::string& name, Get get) {
  get(&allocate, &allocate_aligned, &reallocate, &deallocate);
  return {name, {allocate, allocate_aligned, reallocate, deallocate}};
}

}  // namespace

std::vector<TierMalloc> Tiers() {
  return {Tier("as it begins", WorkbookTier_start),
          Tier("task 2", WorkbookTier_task_2),
          Tier("tasks 2 and 3", WorkbookTier_tasks_2_3),
          Tier("tasks 2 to 4", WorkbookTier_tasks_2_4),
          Tier("tasks 2 to 5", WorkbookTier_tasks_2_5)};
}

}  // namespace workbook
