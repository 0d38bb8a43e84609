// SPDX-License-Identifier: Apache-2.0

// What it does when the system has no pages.
#include <gtest/gtest.h>

#include <memory>

#include "01_01/caching_allocator.h"
#include "exercises/01_01/testing/own_allocator.h"
#include "tools/exercise/testing/block_patterns.h"

namespace workbook {
namespace {

TEST_F(Task10CachingAllocator, FailsCleanlyAtEveryMap) {
  for (std::size_t maps_left = 0; maps_left < 12; ++maps_left) {
    LimitedPages source;
    source.maps_left = maps_left;
    const auto allocator = std::make_unique<CachingAllocator>(source);
    BlockPatterns<CachingAllocator> patterns(*allocator,
                                             static_cast<unsigned>(maps_left));
    for (int i = 0; i < 4'000; ++i) patterns.Step(3'000, 16'384);
    EXPECT_EQ(patterns.damaged(), 0u);
    // Spans and the page map take one each: two leave no page for a block.
    if (maps_left < 3) {
      EXPECT_GT(patterns.failures(), 0u) << maps_left << " maps";
    }
    source.maps_left = 50;
    void* const block = allocator->Allocate(100);
    EXPECT_NE(block, nullptr) << "it recovers";
    allocator->Deallocate(block);
    patterns.FreeAll();
    allocator->ReleaseMemory();
    EXPECT_EQ(allocator->GetStatistics().objects_out_of_centre, 0u);
  }
  EXPECT_EQ(allocator_->Allocate(SIZE_MAX), nullptr);
  EXPECT_EQ(allocator_->Allocate(SIZE_MAX - 4096), nullptr);
  EXPECT_EQ(allocator_->AllocateAligned(SIZE_MAX / 2 - 8, 4096), nullptr);
}

}  // namespace
}  // namespace workbook
