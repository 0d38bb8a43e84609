// SPDX-License-Identifier: Apache-2.0

#include "01_01/caching_resource.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exercises/01_01/testing/own_allocator.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task13CachingResource : public OwnAllocatorTest {};

TEST_F(Task13CachingResource, RunsStandardContainers) {
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
  const auto allocations = scope.Counts().allocations;
  RecordProperty("heap_allocations", static_cast<int>(allocations));
  EXPECT_EQ(allocations, 0);
  ExpectNothingLent();
}

TEST_F(Task13CachingResource, AlignsAsAsked) {
  CachingResource resource(*allocator_);
  std::vector<std::pair<void*, std::size_t>> blocks;
  for (std::size_t alignment = 8; alignment <= 4'096; alignment *= 2) {
    for (int i = 0; i < 3; ++i) {  // the first of a span is aligned anyway
      void* const block = resource.allocate(100, alignment);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
      EXPECT_GE(allocator_->UsableSize(block), 100u);
      blocks.emplace_back(block, alignment);
    }
  }
  for (const auto& [block, alignment] : blocks) {
    resource.deallocate(block, 100, alignment);
  }
  ExpectNothingLent();
}

TEST_F(Task13CachingResource, TakesNoMoreAlignmentThanItIsAskedFor) {
  CachingResource resource(*allocator_);
  void* const block = resource.allocate(8, 8);
  EXPECT_EQ(allocator_->UsableSize(block), 8u) << "malloc would give 16";
  resource.deallocate(block, 8, 8);
}

TEST_F(Task13CachingResource, IsEqualToThoseOfTheSameAllocator) {
  CachingResource resource(*allocator_);
  EXPECT_TRUE(resource.is_equal(CachingResource(*allocator_)));
  LimitedPages pages;
  const auto other = std::make_unique<CachingAllocator>(pages);
  EXPECT_FALSE(resource.is_equal(CachingResource(*other)));
  EXPECT_FALSE(resource.is_equal(*std::pmr::new_delete_resource()));
  resource.deallocate(resource.allocate(1, 1), 1, 1);
}

TEST_F(Task13CachingResource, ThrowsWhereThereIsNoMemory) {
  CachingResource resource(*allocator_);
  source_.maps_left = 0;
  EXPECT_THROW(static_cast<void>(resource.allocate(1 << 30, 8)),
               std::bad_alloc);
  source_.maps_left = 10;
  resource.deallocate(resource.allocate(1 << 30, 8), 1 << 30, 8);
}

}  // namespace
}  // namespace workbook
