// SPDX-License-Identifier: Apache-2.0

// Caches of threads: flushed, shared, bounded, and across fork.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <memory>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "01_01/caching_allocator.h"
#include "exercises/01_01/testing/own_allocator.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

TEST_F(Task10CachingAllocator, FlushesTheCacheOfAThreadThatEnds) {
  std::size_t metadata_bytes = 0;
  for (int round = 0; round < 50; ++round) {
    if (round == 1) {
      metadata_bytes = allocator_->GetStatistics().pages.metadata_bytes;
    }
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
  ExpectNothingLent();
  const std::size_t more =
      allocator_->GetStatistics().pages.metadata_bytes - metadata_bytes;
  RecordProperty("metadata_kib", static_cast<int>(more >> 10));
  EXPECT_LE(more, 2 * MetadataArena::kChunkBytes)
      << "the next thread begins with the cache of one that has ended";
}

TEST_F(Task10CachingAllocator, GivesBackLargeBlocksOfAThreadThatEnds) {
  const auto in_use_bytes = [&] {
    return allocator_->GetStatistics().pages.in_use_bytes;
  };
  const std::size_t before = in_use_bytes();
  std::thread([&] {
    void* const first = allocator_->Allocate(65'536);
    void* const second = allocator_->Allocate(100'000);
    allocator_->Deallocate(first);
    allocator_->Deallocate(second);
  }).join();
  EXPECT_EQ(in_use_bytes(), before);
}

// A thread that waits, with a cache of an allocator that dies meanwhile.
TEST_F(Task10CachingAllocator, MayDieBeforeTheThreadsThatUsedIt) {
  std::latch has_cached(1);
  std::latch has_died(1);
  LimitedPages pages;
  std::unique_ptr<CachingAllocator> next;
  std::size_t caches = 0;
  std::thread other([&] {
    allocator_->Deallocate(allocator_->Allocate(64));
    has_cached.count_down();
    has_died.wait();
    next->Deallocate(next->Allocate(64));
    caches = next->GetStatistics().thread_caches;
  });
  has_cached.wait();
  allocator_.reset();
  next = std::make_unique<CachingAllocator>(pages);
  has_died.count_down();
  other.join();
  EXPECT_EQ(caches, 1u);
  EXPECT_EQ(next->GetStatistics().thread_caches, 0u);
  EXPECT_EQ(next->GetStatistics().objects_out_of_centre, 0u);
}

TEST_F(Task10CachingAllocator, TakesBlocksOfOtherThreads) {
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
  ExpectNothingLent();
}

TEST_F(Task10CachingAllocator, ServesThreadsThatPassBlocksOn) {
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
  ExpectNothingLent();
}

// ThreadSanitizer of gcc 12 stops at the 64th lock that a thread holds.
#if !WORKBOOK_THREAD_SANITIZER
TEST_F(Task10CachingAllocator, LocksAroundFork) {
  allocator_->Deallocate(allocator_->Allocate(64));
  allocator_->LockForFork();
  allocator_->UnlockAfterFork();
  EXPECT_NE(allocator_->Allocate(1 << 20), nullptr);
}

// Fork handlers of others run between ours, and they allocate. In a process of
// its own: one that waits for itself is ended by SIGALRM.
TEST_F(Task10CachingAllocator, ServesTheForkingThreadBetweenItsHandlers) {
  const auto use = [&](std::size_t count) {
    std::vector<void*> blocks;
    for (std::size_t bytes = 1; bytes <= 70'000; bytes += 1 + bytes / 9) {
      for (std::size_t i = 0; i < count; ++i) {
        blocks.push_back(allocator_->Allocate(bytes));
      }
      blocks.push_back(allocator_->AllocateAligned(bytes, 16'384));
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

// A cache costs 119 KiB of addresses, and a process may fork very often.
TEST_F(Task10CachingAllocator, GivesCachesOfEndedThreadsToThoseOfAChild) {
  const auto use = [&] { allocator_->Deallocate(allocator_->Allocate(64)); };
  use();
  std::thread(use).join();
  allocator_->LockForFork();
  const pid_t child = fork();
  if (child == 0) {
    alarm(20);
    allocator_->UnlockInChild();
    const auto metadata_bytes = [&] {
      return allocator_->GetStatistics().pages.metadata_bytes;
    };
    const std::size_t before = metadata_bytes();
    std::thread(use).join();
    _exit(metadata_bytes() == before ? 0 : 1);
  }
  allocator_->UnlockAfterFork();
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "the child's thread made a cache of its own";
}

// In the child there is one thread. Another that is made there may stand where
// one stood that is gone, and ends: what that one cached is not its own.
TEST_F(Task10CachingAllocator, LeavesCachesOfThreadsAloneThatAreGoneInAChild) {
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
  ExpectNothingLent();
}
#endif

}  // namespace
}  // namespace workbook
