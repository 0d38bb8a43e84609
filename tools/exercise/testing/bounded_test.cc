#include "tools/exercise/testing/bounded_test.h"

#include <cstdio>
#include <cstdlib>

namespace workbook {
namespace {

constexpr std::chrono::seconds kLongestTest{40};

}  // namespace

BoundedTest::BoundedTest() : watchdog_([this] { Watch(); }) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return watching_; });
}

BoundedTest::~BoundedTest() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  watchdog_.join();
}

void BoundedTest::Watch() {
  std::unique_lock lock(mutex_);
  watching_ = true;
  changed_.notify_all();
  if (changed_.wait_for(lock, kLongestTest, [this] { return done_; })) return;
  std::fprintf(stderr,
               "This test still waits after 40 s: a thread sleeps that nobody "
               "wakes, or a lock is never released.\n");
  std::_Exit(1);
}

bool Eventually(const std::function<bool()>& met) {
  const auto deadline = std::chrono::steady_clock::now() + kBound;
  while (!met()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace workbook
