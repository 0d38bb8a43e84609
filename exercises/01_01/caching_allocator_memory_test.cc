// SPDX-License-Identifier: Apache-2.0

// What it takes from the system, what it gives back, and what it does when
// there is none.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "01_01/caching_resource.h"
#include "exercises/01_01/testing/own_allocator.h"
#include "tools/exercise/testing/block_patterns.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task10Memory : public OwnAllocatorTest {};

TEST_F(Task10Memory, FailsCleanlyAtEveryMap) {
  for (std::size_t maps_left = 0; maps_left < 12; ++maps_left) {
    LimitedPages source;
    source.maps_left = maps_left;
    const auto allocator = std::make_unique<CachingAllocator>(source);
    BlockPatterns<CachingAllocator> patterns(*allocator,
                                             static_cast<unsigned>(maps_left));
    for (int i = 0; i < 4'000; ++i) patterns.Step(3'000, 16'384);
    EXPECT_EQ(patterns.damaged(), 0u);
    if (maps_left < 4) {
      EXPECT_GT(patterns.failures(), 0u) << maps_left << " maps";
    }
    source.maps_left = 50;
    void* const block = allocator->Allocate(100);
    EXPECT_NE(block, nullptr) << "it recovers";
    allocator->Deallocate(block);
    patterns.FreeAll();
    allocator->ReleaseMemory();
    EXPECT_EQ(allocator->GetStatistics().objects_out_of_centre, 0u);
    EXPECT_EQ(allocator->GetStatistics().pages.in_use_bytes, 0u);
  }
  EXPECT_EQ(allocator_->Allocate(SIZE_MAX), nullptr);
  EXPECT_EQ(allocator_->Allocate(SIZE_MAX - 4096), nullptr);
  EXPECT_EQ(allocator_->AllocateAligned(SIZE_MAX / 2 - 8, 4096), nullptr);
}

TEST_F(Task10Memory, ServesPhasesOfOtherSizesFromTheSamePages) {
  constexpr std::size_t kPhaseBytes = std::size_t{1} << 20;
  const auto footprint = [&] {
    const PageHeap::Statistics pages = allocator_->GetStatistics().pages;
    return pages.mapped_bytes - pages.discarded_bytes;
  };
  for (const std::size_t bytes : {100u, 700u, 1'500u, 3'000u, 6'000u, 9'000u,
                                  20'000u, 30'000u, 70'000u, 200'000u}) {
    std::vector<void*> blocks(kPhaseBytes / bytes);
    for (void*& block : blocks) block = allocator_->Allocate(bytes);
    for (void* block : blocks) allocator_->Deallocate(block);
    EXPECT_LE(footprint(), kPhaseBytes * 3 / 2)
        << "after blocks of " << bytes << " bytes";
  }
}

TEST_F(Task10Memory, ReleasesMemoryToTheSystem) {
  std::vector<void*> blocks(4'000);
  for (void*& block : blocks) {
    block = allocator_->Allocate(2'000);
    std::memset(block, 1, 2'000);
  }
  for (void* block : blocks) allocator_->Deallocate(block);
  EXPECT_GE(allocator_->ReleaseMemory(), 4'000u * 2'000);
  EXPECT_GE(source_.discarded_bytes, 4'000u * 2'000);
  ExpectEmpty();
}

TEST_F(Task10Memory, RunsStandardContainers) {
  CachingResource resource(*allocator_);
  AllocationScope scope;
  {
    std::pmr::unordered_map<int, std::pmr::string> map(&resource);
    for (int i = 0; i < 2'000; ++i) {
      map.emplace(i, std::string_view("a string beyond the inline buffer"));
    }
    for (int i = 0; i < 2'000; i += 2) map.erase(i);
    EXPECT_EQ(map.at(1'999), "a string beyond the inline buffer");
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  ExpectEmpty();
  void* const block = resource.allocate(24, 8);
  EXPECT_EQ(allocator_->UsableSize(block), 24u) << "8 is all that is asked";
  resource.deallocate(block, 24, 8);
  EXPECT_EQ(resource, CachingResource(*allocator_));
  source_.maps_left = 0;
  EXPECT_THROW((void)resource.allocate(1 << 30, 8), std::bad_alloc);
}

}  // namespace
}  // namespace workbook
