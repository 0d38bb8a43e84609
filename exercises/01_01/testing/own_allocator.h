// SPDX-License-Identifier: Apache-2.0

// An allocator of the test's own, and what must be true in the end.
#ifndef WORKBOOK_EXERCISES_01_01_TESTING_OWN_ALLOCATOR_H_
#define WORKBOOK_EXERCISES_01_01_TESTING_OWN_ALLOCATOR_H_

#include <gtest/gtest.h>

#include <memory>

#include "01_01/caching_allocator.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {

class OwnAllocatorTest : public testing::Test {
 protected:
  // Nothing is lent, and nothing is cached by a thread. Which pages a central
  // list keeps is its own matter.
  void ExpectNothingLent(const char* file = __builtin_FILE(),
                         int line = __builtin_LINE()) {
    const CalledFrom here(file, line);
    allocator_->ReleaseMemory();
    EXPECT_EQ(allocator_->GetStatistics().objects_out_of_centre, 0u);
  }
  // Every page is free as well.
  void ExpectEmpty(const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
    const CalledFrom here(file, line);
    allocator_->ReleaseMemory();
    const CachingAllocator::Statistics statistics = allocator_->GetStatistics();
    EXPECT_EQ(statistics.objects_out_of_centre, 0u);
    EXPECT_EQ(statistics.pages.in_use_bytes, 0u);
  }

  LimitedPages source_;
  // 1 MiB of page map: not on the stack.
  std::unique_ptr<CachingAllocator> allocator_ =
      std::make_unique<CachingAllocator>(source_);
};

// Of task 10, in several sources.
class Task10CachingAllocator : public OwnAllocatorTest {};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_TESTING_OWN_ALLOCATOR_H_
