// SPDX-License-Identifier: Apache-2.0

// Forks of a process whose threads are in the middle of everything. Runs under
// ThreadSanitizer as well: it stops at the 64th lock that a thread holds only
// where it looks for deadlocks.
#include <gtest/gtest.h>
#include <pthread.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <memory>
#include <thread>
#include <vector>

#include "01_01/caching_allocator.h"
#include "tools/probe/sanitizer.h"

// Of this binary alone: the tests of the components look for deadlocks.
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() { return "detect_deadlocks=0"; }

namespace workbook {
namespace {

// 0: every size class, the tiny objects and the pages served this thread.
int UseTiers(CachingAllocator& allocator) {
  for (std::size_t bytes = 8; bytes <= 3'000'000; bytes += 8 + bytes / 9) {
    void* const block = allocator.Allocate(bytes);
    if (block == nullptr) return 1;
    allocator.Deallocate(block);
  }
  void* const tiny = allocator.AllocateTiny(5);
  if (tiny == nullptr) return 1;
  allocator.Deallocate(tiny);
  return 0;
}

// 0: every tier served the child, and a thread of its own could end.
int UseInChild(CachingAllocator& allocator) {
  if (UseTiers(allocator) != 0) return 1;
  allocator.ReleaseMemory();
// A sanitizer's runtime does not prepare for a fork: a thread of the child
// would wait for a lock of its malloc, or have the number of one that is gone.
#if !WORKBOOK_SANITIZER_MALLOC
  bool served = false;
  std::thread([&] {
    void* const block = allocator.Allocate(1'000);
    served = block != nullptr;
    allocator.Deallocate(block);
  }).join();
  if (!served) return 2;
#endif
  return 0;
}

TEST(Task10HiddenFork, ChildrenAllocateWhateverTheOthersWereDoing) {
  LimitedPages source;
  const auto allocator = std::make_unique<CachingAllocator>(source);
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  threads.emplace_back([&] {  // pages, and batches of small blocks
    std::vector<void*> blocks(500);
    while (!stop) {
      allocator->Deallocate(allocator->Allocate(2'000'000));
      for (void*& block : blocks) block = allocator->Allocate(48);
      for (void* block : blocks) allocator->Deallocate(block);
    }
  });
  threads.emplace_back([&] {  // threads that end
    while (!stop) {
      std::thread([&] {
        allocator->Deallocate(allocator->AllocateTiny(3));
        allocator->Deallocate(allocator->Allocate(700));
      }).join();
    }
  });
  allocator->Deallocate(allocator->Allocate(64));
  for (int i = 0; i < 40; ++i) {
    allocator->LockForFork();
    const pid_t child = fork();
    if (child == 0) {
      alarm(30);  // a lock that is never released ends the child
      allocator->UnlockInChild();
      _exit(UseInChild(*allocator));
    }
    allocator->UnlockAfterFork();
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0) << "fork " << i;
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
}

// Handlers of others, registered before ours and after them: theirs run between
// ours and the fork, and they allocate.
constinit CachingAllocator* forking = nullptr;
constinit std::atomic<int> served_handlers = 0;

void AllocateInHandler() {
  if (forking == nullptr) return;
  served_handlers += UseTiers(*forking) == 0;
}

void RegisterHandlersOnce() {
  static const int registered = [] {
    const auto others = [] {
      pthread_atfork(AllocateInHandler, AllocateInHandler, AllocateInHandler);
    };
    others();
    pthread_atfork(
        [] {
          if (forking != nullptr) forking->LockForFork();
        },
        [] {
          if (forking != nullptr) forking->UnlockAfterFork();
        },
        [] {
          if (forking != nullptr) forking->UnlockInChild();
        });
    others();
    return 0;
  }();
  static_cast<void>(registered);
}

TEST(Task10HiddenFork, HandlersOfOthersAllocateBeforeAndAfterOurs) {
  RegisterHandlersOnce();
  LimitedPages source;
  const auto allocator = std::make_unique<CachingAllocator>(source);
  std::atomic<bool> stop{false};
  std::thread busy([&] {
    while (!stop) UseTiers(*allocator);
  });
  forking = allocator.get();
  served_handlers = 0;
  int failed = 0;
  for (int i = 0; i < 20; ++i) {
    const int before = served_handlers;
    const pid_t child = fork();
    if (child == 0) {
      alarm(30);
      if (served_handlers != before + 4) _exit(3);
      _exit(UseInChild(*allocator));
    }
    int status = 0;
    failed += waitpid(child, &status, 0) != child || status != 0;
  }
  forking = nullptr;
  stop = true;
  busy.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(served_handlers, 80) << "two before and two after each fork";
}

// A thread that ends holds a lock of its own for that. Whoever forks waits for
// it, or the child's first thread to end would wait for ever.
TEST(Task10HiddenFork, AThreadThatIsJustEndingLeavesNoLockLocked) {
  LimitedPages source;
  const auto allocator = std::make_unique<CachingAllocator>(source);
  std::latch has_cache(1);
  std::latch may_end(1);
  std::atomic<bool> ending{false};
  std::thread other([&] {
    allocator->Deallocate(allocator->Allocate(64));
    has_cache.count_down();
    may_end.wait();
    ending = true;
  });
  has_cache.wait();
  allocator->LockForFork();
  may_end.count_down();
  // It comes to its lock in these turns; if not, nothing is tested today.
  for (int turns = 0; turns < 2'000; turns += ending) sched_yield();
  const pid_t child = fork();
  if (child == 0) {
    alarm(10);
    allocator->UnlockInChild();
    _exit(UseInChild(*allocator));
  }
  allocator->UnlockAfterFork();
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  other.join();
}

}  // namespace
}  // namespace workbook
