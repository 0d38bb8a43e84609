#include "01_01/caching_allocator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <latch>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "tools/exercise/testing/block_patterns.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::uintptr_t Address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

class Task7CachingAllocator : public testing::Test {
 protected:
  // 1 MiB of page map: not on the stack.
  void MakeAllocator() {
    allocator_ = std::make_unique<CachingAllocator>(source_);
  }
  void SetUp() override { MakeAllocator(); }

  // Nothing is lent and nothing is cached: every page is free.
  void ExpectEmpty() {
    allocator_->ReleaseMemory();
    const CachingAllocator::Statistics statistics = allocator_->GetStatistics();
    EXPECT_EQ(statistics.objects_out_of_centre, 0u);
    EXPECT_EQ(statistics.pages.in_use_bytes, 0u);
  }

  LimitedPages source_;
  std::unique_ptr<CachingAllocator> allocator_;
};

TEST_F(Task7CachingAllocator, GivesEveryByteToOneOwner) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
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

TEST_F(Task7CachingAllocator, NeedsNoMallocForAnything) {
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

TEST_F(Task7CachingAllocator, FindsTheSizeFromTheAddress) {
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

TEST_F(Task7CachingAllocator, AlignsToEveryPowerOfTwo) {
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
  ExpectEmpty();
}

TEST_F(Task7CachingAllocator, CountsItsTiers) {
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

TEST_F(Task7CachingAllocator, ZeroesEveryByteItMust) {
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

TEST_F(Task7CachingAllocator, FlushesTheCacheOfAThreadThatEnds) {
  for (int round = 0; round < 50; ++round) {
    std::thread([&] {
      std::vector<void*> blocks;
      for (std::size_t i = 0; i < 2'000; ++i) {
        blocks.push_back(allocator_->Allocate(1 + i % 1'000));
      }
      for (void* block : blocks) allocator_->Deallocate(block);
    }).join();
    ASSERT_EQ(allocator_->GetStatistics().objects_out_of_centre, 0u);
  }
  EXPECT_EQ(allocator_->GetStatistics().thread_caches, 0u);
  ExpectEmpty();
  EXPECT_LE(source_.mapped_bytes, std::size_t{16} << 20)
      << "a cache is used again, and so is its memory";
}

TEST_F(Task7CachingAllocator, KeepsAFewLargeBlocksOfAThread) {
  std::thread([&] {
    allocator_->Deallocate(allocator_->Allocate(64));
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
TEST_F(Task7CachingAllocator, HoldsNoMoreAfterHundredsOfRoundsOfTwoThreads) {
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

TEST_F(Task7CachingAllocator, TakesBlocksOfOtherThreads) {
  std::vector<void*> blocks(3'000);
  for (int round = 0; round < 10; ++round) {
    std::thread([&] {
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        blocks[i] = allocator_->Allocate(std::size_t{8} << i % 14);
      }
    }).join();
    std::thread([&] {
      for (void* block : blocks) allocator_->Deallocate(block);
    }).join();
  }
  ExpectEmpty();
}

TEST_F(Task7CachingAllocator, ServesThreadsThatPassBlocksOn) {
  constexpr int kThreads = 4;
  std::mutex mutex;
  std::vector<unsigned char*> shared;
  std::atomic<int> damaged{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      std::minstd_rand random(static_cast<unsigned>(t) + 1);
      for (int i = 0; i < 8'000; ++i) {
        const std::size_t bytes = 2 + random() % 3'000;
        auto* block = static_cast<unsigned char*>(allocator_->Allocate(bytes));
        block[0] = block[bytes - 1] = static_cast<unsigned char>(t);
        if (block[0] != t || block[bytes - 1] != t) ++damaged;
        const std::lock_guard lock(mutex);
        shared.push_back(block);
        if (shared.size() > 200) {
          std::swap(shared[random() % shared.size()], shared.back());
          allocator_->Deallocate(shared.back());
          shared.pop_back();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (unsigned char* block : shared) allocator_->Deallocate(block);
  EXPECT_EQ(damaged, 0);
  ExpectEmpty();
}

TEST_F(Task7CachingAllocator, FailsCleanlyAtEveryMap) {
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

TEST_F(Task7CachingAllocator, TellsAllocatorsApart) {
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

TEST_F(Task7CachingAllocator, GivesTinyObjectsASharedBlock) {
  void* const a = allocator_->AllocateTiny(5);
  void* const b = allocator_->AllocateTiny(3);
  EXPECT_EQ(Address(b), Address(a) + 5);
  allocator_->Deallocate(a);
  allocator_->Deallocate(b);
  EXPECT_LE(allocator_->GetStatistics().pages.in_use_bytes, kPageBytes);
}

TEST_F(Task7CachingAllocator, ReleasesMemoryToTheSystem) {
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

// ThreadSanitizer of gcc 12 stops at the 64th lock that a thread holds.
#ifndef __SANITIZE_THREAD__
TEST_F(Task7CachingAllocator, LocksAroundFork) {
  allocator_->Deallocate(allocator_->Allocate(64));
  allocator_->LockForFork();
  allocator_->UnlockAfterFork();
  EXPECT_NE(allocator_->Allocate(1 << 20), nullptr);
}
#endif

TEST_F(Task7CachingAllocator, RunsStandardContainers) {
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
