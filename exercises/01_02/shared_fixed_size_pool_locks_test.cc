// SPDX-License-Identifier: Apache-2.0

// How often a thread locks. ThreadSanitizer has a pthread_mutex_lock of its
// own, so under a sanitizer nothing is counted.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <cstddef>
#include <vector>

#include "01_02/shared_fixed_size_pool.h"
#include "tools/exercise/debug_check.h"
#include "tools/probe/probe.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

constinit thread_local std::size_t locks_of_this_thread = 0;

}  // namespace
}  // namespace workbook

#if !WORKBOOK_SANITIZER_MALLOC
extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  using Lock = int (*)(pthread_mutex_t*);
  static const auto next =
      reinterpret_cast<Lock>(::dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  ++workbook::locks_of_this_thread;
  return next(mutex);
}
#endif

namespace workbook {
namespace {

constexpr std::size_t kBlocks = 640;
constexpr std::size_t kTrades = kBlocks / SharedFixedSizePool::kMagazineBlocks;

TEST(Task7SharedFixedSizePool, LocksOnceInAMagazineOfBlocks) {
  if (ProbeUsesSanitizerHooks()) {
    GTEST_SKIP() << "a sanitizer has locks of its own";
  }
  SharedFixedSizePool pool({.block_size_bytes = 64});
  std::vector<void*> blocks(kBlocks);
  for (int round = 0; round < 3; ++round) {
    std::size_t before = locks_of_this_thread;
    for (void*& block : blocks) block = pool.Allocate();
    const std::size_t locks = locks_of_this_thread - before;
    if (round > 0) {
      EXPECT_LE(locks, kTrades + 1) << "for " << kBlocks << " x Allocate";
      RecordProperty("locks_of_640_allocations", static_cast<int>(locks));
    }
    before = locks_of_this_thread;
    for (void* block : blocks) pool.Deallocate(block);
    if (!kDebugChecks) {
      EXPECT_LE(locks_of_this_thread - before, kTrades + 1)
          << "for " << kBlocks << " x Deallocate";
    }
  }
}

TEST(Task7SharedFixedSizePool, TakesNoLockWhereItsCacheServes) {
  if (ProbeUsesSanitizerHooks()) {
    GTEST_SKIP() << "a sanitizer has locks of its own";
  }
  SharedFixedSizePool pool({.block_size_bytes = 64});
  pool.Deallocate(pool.Allocate());
  std::size_t locks = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::size_t before = locks_of_this_thread;
    void* const block = pool.Allocate();
    locks += locks_of_this_thread - before;
    pool.Deallocate(block);
  }
  EXPECT_EQ(locks, 0u) << "1000 times the block that came back last";
}

}  // namespace
}  // namespace workbook
