// SPDX-License-Identifier: Apache-2.0

// Caches of threads: flushed, shared, bounded, and across fork.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "01_01/caching_allocator.h"
#include "exercises/01_01/testing/own_allocator.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

class Task10ThreadCaches : public OwnAllocatorTest {};

TEST_F(Task10ThreadCaches, FlushesTheCacheOfAThreadThatEnds) {
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

TEST_F(Task10ThreadCaches, KeepsAFewLargeBlocksOfAThread) {
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
TEST_F(Task10ThreadCaches, HoldsNoMoreAfterHundredsOfRoundsOfTwoThreads) {
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

TEST_F(Task10ThreadCaches, TakesBlocksOfOtherThreads) {
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

TEST_F(Task10ThreadCaches, ServesThreadsThatPassBlocksOn) {
  constexpr int kThreads = 4;
  std::mutex mutex;
  std::vector<unsigned char*> shared;
  std::atomic<int> damaged{0};
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
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

// ThreadSanitizer of gcc 12 stops at the 64th lock that a thread holds.
#if !WORKBOOK_THREAD_SANITIZER
TEST_F(Task10ThreadCaches, LocksAroundFork) {
  allocator_->Deallocate(allocator_->Allocate(64));
  allocator_->LockForFork();
  allocator_->UnlockAfterFork();
  EXPECT_NE(allocator_->Allocate(1 << 20), nullptr);
}

// Fork handlers of others run between ours, and they allocate. In a process of
// its own: one that waits for itself is ended by SIGALRM.
TEST_F(Task10ThreadCaches, ServesTheForkingThreadBetweenItsHandlers) {
  const auto use = [&](std::size_t count) {
    std::vector<void*> blocks;
    for (std::size_t bytes = 1; bytes <= 70'000; bytes += 1 + bytes / 9) {
      for (std::size_t i = 0; i < count; ++i) {
        blocks.push_back(allocator_->Allocate(bytes));
      }
      blocks.push_back(allocator_->AllocateAligned(bytes, 16'384));
      blocks.push_back(allocator_->AllocateTiny(1 + bytes % 15));
    }
    for (void* block : blocks) allocator_->Deallocate(block);
    allocator_->ReleaseMemory();
    return std::count(blocks.begin(), blocks.end(), nullptr) == 0;
  };
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    bool served = false;
    allocator_->LockForFork();
    served = use(70);  // its first blocks: it has no cache yet
    allocator_->UnlockAfterFork();
    served = served && use(3);
    allocator_->LockForFork();
    served = served && use(70);
    allocator_->UnlockInChild();
    served = served && use(3);
    std::thread([&] { served = served && use(3); }).join();
    _exit(served ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "14: the forking thread waits for a lock of its own";
}

// In the child there is one thread. Another that is made there may stand where
// one stood that is gone, and ends: what that one cached is not its own.
TEST_F(Task10ThreadCaches, LeavesCachesOfThreadsAloneThatAreGoneInAChild) {
  std::latch has_cached(1);
  std::latch may_end(1);
  std::thread other([&] {
    for (void* block :
         {allocator_->Allocate(64), allocator_->Allocate(5'000)}) {
      allocator_->Deallocate(block);
    }
    has_cached.count_down();
    may_end.wait();
  });
  has_cached.wait();
  allocator_->Deallocate(allocator_->Allocate(64));
  allocator_->LockForFork();
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    allocator_->UnlockInChild();
    const CachingAllocator::Statistics before = allocator_->GetStatistics();
    std::thread([&] {
      allocator_->Deallocate(allocator_->Allocate(300));
    }).join();
    const CachingAllocator::Statistics after = allocator_->GetStatistics();
    if (before.thread_caches != 1 || after.thread_caches != 1) _exit(1);
    _exit(before.objects_out_of_centre == after.objects_out_of_centre ? 0 : 2);
  }
  allocator_->UnlockAfterFork();
  int status = 0;
  waitpid(child, &status, 0);
  may_end.count_down();
  other.join();
  EXPECT_EQ(status, 0)
      << "1: counts threads that are gone, 2: takes their cache";
  ExpectEmpty();
}
#endif

}  // namespace
}  // namespace workbook
