// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/fork_mutex.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace workbook {
namespace {

TEST(ForkMutex, KeepsOthersOut) {
  ForkMutex mutex;
  int count = 0;
  const auto add = [&] {
    for (int i = 0; i < 10'000; ++i) {
      const std::lock_guard lock(mutex);
      ++count;
    }
  };
  std::thread other(add);
  add();
  other.join();
  EXPECT_EQ(count, 20'000);
}

TEST(ForkMutex, LetsTheForkingThreadPassAndNobodyElse) {
  ForkMutex mutex;
  std::atomic<bool> is_held{true};
  std::atomic<bool> came_early{false};
  mutex.LockForFork();
  std::thread other([&] {
    const std::lock_guard lock(mutex);
    came_early = is_held.load();
  });
  for (int i = 0; i < 3; ++i) {  // what a stranger's handler does
    const std::lock_guard lock(mutex);
    std::this_thread::yield();
  }
  is_held = false;
  mutex.UnlockAfterFork();
  other.join();
  EXPECT_FALSE(came_early);
}

TEST(ForkMutex, IsOpenInTheChild) {
  ForkMutex mutex;
  mutex.LockForFork();
  const pid_t child = fork();
  if (child == 0) {
    alarm(30);
    { const std::lock_guard passes(mutex); }
    mutex.UnlockAfterFork();
    for (int i = 0; i < 2; ++i) {
      const std::lock_guard lock(mutex);
    }
    _exit(0);
  }
  mutex.UnlockAfterFork();
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace workbook
