// Forks of a process whose threads are in the middle of everything. Runs under
// ThreadSanitizer as well: it stops at the 64th lock that a thread holds only
// where it looks for deadlocks.
#include <gtest/gtest.h>
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

// 0: every tier served the child, and a thread of its own could end.
int UseInChild(CachingAllocator& allocator) {
  for (const std::size_t bytes : {10u, 3'000u, 30'000u, 100'000u, 3'000'000u}) {
    void* const block = allocator.Allocate(bytes);
    if (block == nullptr) return 1;
    allocator.Deallocate(block);
  }
  allocator.Deallocate(allocator.AllocateTiny(5));
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

TEST(Task7HiddenFork, ChildrenAllocateWhateverTheOthersWereDoing) {
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

// A thread that ends holds a lock of its own for that. Whoever forks waits for
// it, or the child's first thread to end would wait for ever.
TEST(Task7HiddenFork, AThreadThatIsJustEndingLeavesNoLockLocked) {
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
