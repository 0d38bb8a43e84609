// SPDX-License-Identifier: Apache-2.0

// The fixture of SharedPoolAllocator's tests: tests of one suite share one
// class, in whichever source they are.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_SHARED_ITEMS_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_SHARED_ITEMS_H_

#include <cstddef>

#include "01_02/shared_pool_allocator.h"
#include "exercises/01_02/testing/pooled_items.h"

namespace workbook {

using ItemPool = SharedPoolAllocator<Item>;
inline constexpr std::size_t kPrivate = ItemPool::kPrivateItems;

class Task8SharedPoolAllocator : public PooledItemsTest {};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_SHARED_ITEMS_H_
