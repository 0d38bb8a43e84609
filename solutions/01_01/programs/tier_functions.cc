// SPDX-License-Identifier: Apache-2.0

// The malloc of tiers that are put together, for a program that holds several.
// BUILD renames the namespace of each, and gives it a name here.
#include <cstddef>

#include "01_01/malloc_api.h"

#ifndef WORKBOOK_TIER_NAME
#define WORKBOOK_TIER_NAME WorkbookTier
#endif

// In the order of MallocFunctions: malloc, aligned_alloc, realloc, free.
extern "C" void WORKBOOK_TIER_NAME(void* (**allocate)(std::size_t),
                                   void* (**allocate_aligned)(std::size_t,
                                                              std::size_t),
                                   void* (**reallocate)(void*, std::size_t),
                                   void (**deallocate)(void*)) {
  *allocate = [](std::size_t bytes) { return workbook::Malloc(bytes); };
  *allocate_aligned = &workbook::AlignedAlloc;
  *reallocate = &workbook::Realloc;
  *deallocate = [](void* block) { workbook::Free(block); };
}
