// SPDX-License-Identifier: Apache-2.0

// The allocator with every tier written: what no tier can promise alone.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <latch>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "01_01/caching_allocator.h"
#include "01_01/malloc_api.h"
#include "exercises/01_01/testing/own_allocator.h"
#include "tools/exercise/testing/block_patterns.h"
#include "tools/probe/probe.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

std::uintptr_t Address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

class Task10HiddenSystem : public OwnAllocatorTest {};

TEST_F(Task10HiddenSystem, CountsItsTiers) {
  allocator_->Deallocate(allocator_->Allocate(64));
  const CachingAllocator::Statistics before = allocator_->GetStatistics();
  for (int i = 0; i < 1'000; ++i) {
    allocator_->Deallocate(allocator_->Allocate(64));
  }
  const CachingAllocator::Statistics after = allocator_->GetStatistics();
  EXPECT_EQ(after.thread_cache_hits - before.thread_cache_hits, 1'000u);
  EXPECT_EQ(after.thread_cache_misses, before.thread_cache_misses);
  EXPECT_EQ(after.central_fetches, before.central_fetches);
  EXPECT_EQ(after.span_allocations, before.span_allocations);
  allocator_->Deallocate(allocator_->Allocate(1 << 20));
  EXPECT_EQ(allocator_->GetStatistics().span_allocations,
            after.span_allocations + 1);
}

TEST_F(Task10HiddenSystem, GivesTinyObjectsASharedBlock) {
  void* const a = allocator_->AllocateTiny(5);
  void* const b = allocator_->AllocateTiny(3);
  EXPECT_EQ(Address(b), Address(a) + 5);
  EXPECT_EQ(allocator_->UsableSize(a), 1u) << "what follows is another's";
  allocator_->Deallocate(a);
  allocator_->Deallocate(b);
  EXPECT_LE(allocator_->GetStatistics().pages.in_use_bytes, kPageBytes);
}

TEST_F(Task10HiddenSystem, GivesEveryByteToOneOwner) {
#if WORKBOOK_SANITIZER_MALLOC
  constexpr int kOperations = 300'000;
#else
  constexpr int kOperations = 10'000'000;
#endif
  BlockPatterns<CachingAllocator> patterns(*allocator_, 1);
  for (int i = 0; i < kOperations; ++i) patterns.Step(4'000, 20'000);
  EXPECT_EQ(patterns.damaged(), 0u);
  EXPECT_EQ(patterns.failures(), 0u);
  patterns.FreeAll();
  EXPECT_EQ(patterns.damaged(), 0u);
  ExpectEmpty();
}

TEST_F(Task10HiddenSystem, NeedsNoMallocForAnything) {
  AllocationScope scope;
  void* const small = allocator_->Allocate(100);
  void* const large = allocator_->Allocate(100'000);
  void* const tiny = allocator_->AllocateTiny(5);
  void* const aligned = allocator_->AllocateAligned(100, 4096);
  for (void* block : {small, large, tiny, aligned}) {
    EXPECT_NE(block, nullptr);
    allocator_->Deallocate(block);
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
}

TEST_F(Task10HiddenSystem, ServesPhasesOfOtherSizesFromTheSamePages) {
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

TEST_F(Task10HiddenSystem, ReleasesMemoryToTheSystem) {
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

TEST_F(Task10HiddenSystem, FailsCleanlyAtEveryMap) {
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

TEST_F(Task10HiddenSystem, KeepsAFewLargeBlocksOfAThread) {
  std::thread([&] {
    // Its first block is a large one: it needs no small one to have a cache.
    allocator_->Deallocate(allocator_->Allocate(65'536));
    const CachingAllocator::Statistics before = allocator_->GetStatistics();
    for (int i = 0; i < 100; ++i) {
      allocator_->Deallocate(allocator_->Allocate(65'536));
    }
    EXPECT_EQ(allocator_->GetStatistics().span_allocations,
              before.span_allocations)
        << "what it has just freed serves it again";
    std::vector<void*> blocks;
    for (std::size_t i = 1; i <= 40; ++i) {
      blocks.push_back(allocator_->Allocate(i * 50'000));
    }
    for (void* block : blocks) allocator_->Deallocate(block);
    EXPECT_LE(allocator_->GetStatistics().pages.in_use_bytes,
              (std::size_t{2} << 20) + (std::size_t{64} << 10))
        << "2 MiB of them, and a span of small objects";
  }).join();
  EXPECT_EQ(allocator_->GetStatistics().objects_out_of_centre, 0u);
  ExpectEmpty();
}

// Rounds of work by two threads, after which nothing is live. What it holds of
// the system is counted by itself; once warm it may not hold more.
TEST_F(Task10HiddenSystem, HoldsNoMoreAfterHundredsOfRoundsOfTwoThreads) {
  constexpr std::size_t kBlocks = 2'000;
  std::vector<void*> lent(kBlocks);
  const auto rounds = [&](int count) {
    for (int round = 0; round < count; ++round) {
      std::thread([&] {  // a producer
        for (std::size_t i = 0; i < kBlocks; ++i) {
          lent[i] = allocator_->Allocate(8 + i * 37 % 3'000);
        }
      })
          .join();
      std::array<std::thread, 2> threads;  // each replaces half of them
      for (std::size_t t = 0; t < threads.size(); ++t) {
        threads[t] = std::thread([&, t] {
          std::minstd_rand random(static_cast<unsigned>(t) + 1);
          for (std::size_t i = 0; i < kBlocks; ++i) {
            void*& block = lent[random() % (kBlocks / 2) * 2 + t];
            allocator_->Deallocate(block);
            block = allocator_->Allocate(8 + random() % 3'000);
          }
        });
      }
      for (std::thread& thread : threads) thread.join();
      std::thread([&] {  // a consumer
        for (void* block : lent) allocator_->Deallocate(block);
      })
          .join();
    }
  };
  std::latch both_have_a_cache(2);
  const auto meet = [&] {
    allocator_->Deallocate(allocator_->Allocate(64));
    both_have_a_cache.arrive_and_wait();
  };
  std::thread other(meet);
  std::thread(meet).join();
  other.join();
  rounds(20);
  const PageHeap::Statistics warm = allocator_->GetStatistics().pages;
  rounds(300);
  const PageHeap::Statistics after = allocator_->GetStatistics().pages;
  // Threads meet differently each time: one step of growth is theirs. A leak of
  // 1 % of a round would be five.
  EXPECT_LE(after.maps, warm.maps + 1);
  EXPECT_LE(after.mapped_bytes, warm.mapped_bytes + (std::size_t{2} << 20));
  EXPECT_LE(after.metadata_bytes,
            warm.metadata_bytes + MetadataArena::kChunkBytes);
  ExpectEmpty();
}

TEST_F(Task10HiddenSystem, GivesTheCachedBlockOfTheThread) {
  std::thread([&] {
    EXPECT_EQ(allocator_->AllocateCached(64), nullptr);
    void* const block = allocator_->Allocate(64);
    allocator_->Deallocate(block);
    EXPECT_EQ(allocator_->AllocateCached(64), block);
    EXPECT_EQ(allocator_->AllocateCached(32'769), nullptr);
    allocator_->Deallocate(block);
  }).join();
  ExpectEmpty();
}

TEST_F(Task10HiddenSystem, ExtendsLargeBlocksInPlaceAndNoSmallOnes) {
  void* const block = allocator_->Allocate(40'000);
  EXPECT_TRUE(allocator_->ExtendInPlace(block, 60'000));
  EXPECT_EQ(allocator_->UsableSize(block), 65'536u);
  void* const small = allocator_->Allocate(100);
  EXPECT_FALSE(allocator_->ExtendInPlace(small, 60'000));
  EXPECT_EQ(allocator_->UsableSize(small), 112u);
  allocator_->Deallocate(small);
  allocator_->Deallocate(block);
  ExpectEmpty();
}

TEST_F(Task10HiddenSystem, KeepsLargeBlocksUpToAMebibyte) {
  const auto ten_pairs = [&](std::size_t bytes) {
    const std::uint64_t before = allocator_->GetStatistics().span_allocations;
    for (int i = 0; i < 10; ++i) {
      allocator_->Deallocate(allocator_->Allocate(bytes));
    }
    return allocator_->GetStatistics().span_allocations - before;
  };
  EXPECT_EQ(ten_pairs(std::size_t{1} << 20), 1u);
  EXPECT_EQ(ten_pairs((std::size_t{1} << 20) + 1), 10u);
}

TEST_F(Task10HiddenSystem, SharesTinyBlocksBetweenThreads) {
  std::array<std::thread, 4> threads;
  std::atomic<int> damaged{0};
  for (std::size_t t = 0; t < threads.size(); ++t) {
    threads[t] = std::thread([&, t] {
      std::minstd_rand random(static_cast<unsigned>(t) + 1);
      std::vector<std::pair<unsigned char*, std::size_t>> blocks(50);
      for (std::size_t i = 0; i < 10'000; ++i) {
        auto& [block, bytes] = blocks[random() % blocks.size()];
        if (block != nullptr) {
          damaged += std::count(block, block + bytes, t) !=
                     static_cast<std::ptrdiff_t>(bytes);
          allocator_->Deallocate(block);
        }
        bytes = 1 + i % 15;
        block = static_cast<unsigned char*>(allocator_->AllocateTiny(bytes));
        std::memset(block, static_cast<int>(t), bytes);
      }
      for (auto& [block, bytes] : blocks) allocator_->Deallocate(block);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(damaged, 0);
  allocator_->ReleaseMemory();
  EXPECT_LE(allocator_->GetStatistics().pages.in_use_bytes, kPageBytes);
}

// ThreadSanitizer of gcc 12 stops at the 64th lock that a thread holds.
#if !WORKBOOK_THREAD_SANITIZER
TEST(Task9HiddenFork, LetsAChildAllocateAfterFork) {
  Free(Malloc(64));
  std::atomic<bool> stop{false};
  std::thread busy([&] {
    while (!stop) Free(Malloc(100'000));  // takes the page heap's lock
  });
  int failed = 0;
  for (int i = 0; i < 50; ++i) {
    ProcessAllocator().LockForFork();
    const pid_t child = fork();
    if (child != 0) ProcessAllocator().UnlockAfterFork();
    if (child == 0) {
      alarm(10);  // a lock that is never released ends the child
      ProcessAllocator().UnlockInChild();
      Free(Malloc(100'000));
      Free(Malloc(5'000));
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    failed += status != 0;
  }
  stop = true;
  busy.join();
  EXPECT_EQ(failed, 0);
}
#endif

}  // namespace
}  // namespace workbook
