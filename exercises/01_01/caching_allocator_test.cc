// SPDX-License-Identifier: Apache-2.0

#include "01_01/caching_allocator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

#include "exercises/01_01/testing/own_allocator.h"
#include "tools/exercise/testing/block_patterns.h"
#include "tools/probe/probe.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

std::uintptr_t Address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

// As where the owner has locked a page of a block: it was not given back.
TEST_F(Task10CachingAllocator, ZeroesWhatTheSourceDidNotTakeBack) {
  constexpr std::size_t kBytes = std::size_t{17} << 20;
  source_.discards_left = 0;
  for (int round = 0; round < 2; ++round) {
    void* const block = allocator_->Allocate(kBytes);
    ASSERT_NE(block, nullptr);
    std::memset(block, 0xa5, kBytes);
    allocator_->Deallocate(block);  // more than 16 MiB: the heap gives back
    auto* const zeroed =
        static_cast<unsigned char*>(allocator_->AllocateZeroed(kBytes));
    ASSERT_NE(zeroed, nullptr);
    EXPECT_EQ(std::count(zeroed, zeroed + kBytes, 0),
              static_cast<std::ptrdiff_t>(kBytes));
    allocator_->Deallocate(zeroed);
  }
  ExpectNothingLent();
}

TEST_F(Task10CachingAllocator, GivesEveryByteToOneOwner) {
#if WORKBOOK_SANITIZER_MALLOC
  constexpr int kOperations = 300'000;
#else
  constexpr int kOperations = 2'000'000;
#endif
  BlockPatterns<CachingAllocator> patterns(*allocator_, 1);
  for (int i = 0; i < kOperations; ++i) patterns.Step(4'000, 20'000);
  EXPECT_EQ(patterns.damaged(), 0u);
  EXPECT_EQ(patterns.failures(), 0u);
  patterns.FreeAll();
  EXPECT_EQ(patterns.damaged(), 0u);
  ExpectNothingLent();
}

TEST_F(Task10CachingAllocator, NeedsNoMallocForAnything) {
  AllocationScope scope;
  void* const small = allocator_->Allocate(100);
  void* const large = allocator_->Allocate(100'000);
  void* const aligned = allocator_->AllocateAligned(100, 4096);
  for (void* block : {small, large, aligned}) {
    EXPECT_NE(block, nullptr);
    allocator_->Deallocate(block);
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
}

TEST_F(Task10CachingAllocator, FindsTheSizeFromTheAddress) {
  SizeClassTable classes;
  classes.Generate();
  for (std::size_t bytes = 1; bytes <= kMaxSmallBytes; bytes += 61) {
    void* const block = allocator_->Allocate(bytes);
    EXPECT_EQ(allocator_->UsableSize(block),
              classes[classes.MallocClassOf(bytes)].size_bytes);
    allocator_->Deallocate(block);
  }
  void* const large = allocator_->Allocate(32'769);
  EXPECT_EQ(allocator_->UsableSize(large), 40'960u);
  allocator_->Deallocate(large);
  EXPECT_EQ(allocator_->UsableSize(nullptr), 0u);
}

TEST_F(Task10CachingAllocator, AlignsToEveryPowerOfTwo) {
  std::vector<void*> blocks;
  for (std::size_t alignment = 1; alignment <= 65'536; alignment *= 2) {
    for (const std::size_t bytes : {1u, 24u, 100u, 4'097u, 50'000u}) {
      auto* const block =
          static_cast<char*>(allocator_->AllocateAligned(bytes, alignment));
      ASSERT_NE(block, nullptr);
      EXPECT_EQ(Address(block) % alignment, 0u)
          << bytes << " bytes aligned to " << alignment;
      EXPECT_GE(allocator_->UsableSize(block), bytes);
      std::memset(block, 1, bytes);
      blocks.push_back(block);
    }
  }
  for (std::size_t bytes = 1; bytes <= 4'096; ++bytes) {
    void* const block = allocator_->Allocate(bytes);
    ASSERT_EQ(Address(block) % 16, 0u) << bytes << " bytes";
    blocks.push_back(block);
  }
  for (void* block : blocks) allocator_->Deallocate(block);
  ExpectNothingLent();
}

TEST_F(Task10CachingAllocator, AlignsToAMebibyteAndMore) {
  constexpr std::size_t kAlignment = std::size_t{1} << 22;
  void* const block = allocator_->AllocateAligned(100, kAlignment);
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(Address(block) % kAlignment, 0u);
  allocator_->Deallocate(block);
  ExpectNothingLent();
}

TEST_F(Task10CachingAllocator, GivesABlockForNothing) {
  void* const a = allocator_->Allocate(0);
  void* const b = allocator_->Allocate(0);
  ASSERT_NE(a, nullptr);
  EXPECT_NE(a, b);
  EXPECT_EQ(Address(a) % 8, 0u);
  EXPECT_EQ(Address(b) % 8, 0u);
  allocator_->Deallocate(a);
  allocator_->Deallocate(b);
  ExpectNothingLent();
}

TEST_F(Task10CachingAllocator, IsOneOfFifteen) {
  std::vector<std::unique_ptr<CachingAllocator>> others;
  others.reserve(14);
  for (int i = 0; i < 14; ++i) {
    others.push_back(std::make_unique<CachingAllocator>(source_));
  }
  EXPECT_THROW(CachingAllocator another(source_), std::length_error);
  others.pop_back();
  EXPECT_NO_THROW(
      others.push_back(std::make_unique<CachingAllocator>(source_)));
  others.back()->Deallocate(others.back()->Allocate(64));
}

TEST_F(Task10CachingAllocator, EndsTheProcessOnAForeignPointer) {
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  int local = 0;
  EXPECT_DEATH(allocator_->Deallocate(&local), "not the start of a block");
  void* const block = allocator_->Allocate(3 * kPageBytes * 4);
  EXPECT_DEATH(allocator_->Deallocate(static_cast<char*>(block) + kPageBytes),
               "not the start of a block");
  allocator_->Deallocate(block);
}

TEST_F(Task10CachingAllocator, ZeroesEveryByteItMust) {
  for (const std::size_t bytes : {10u, 3'000u, 200'000u}) {
    void* const dirty = allocator_->Allocate(bytes);
    std::memset(dirty, 0xff, bytes);
    allocator_->Deallocate(dirty);
    auto* const block =
        static_cast<unsigned char*>(allocator_->AllocateZeroed(bytes));
    EXPECT_EQ(std::count(block, block + bytes, 0),
              static_cast<std::ptrdiff_t>(bytes));
    allocator_->Deallocate(block);
  }
}

TEST_F(Task10CachingAllocator, TellsAllocatorsApart) {
  LimitedPages other_source;
  const auto other = std::make_unique<CachingAllocator>(other_source);
  void* const block = allocator_->Allocate(64);
  void* const other_block = other->Allocate(64);
  other->Deallocate(other_block);
  EXPECT_EQ(other->Allocate(64), other_block);
  EXPECT_NE(allocator_->Allocate(64), other_block);
  EXPECT_EQ(other->GetStatistics().thread_caches, 1u);
  allocator_->Deallocate(block);
}

}  // namespace
}  // namespace workbook
