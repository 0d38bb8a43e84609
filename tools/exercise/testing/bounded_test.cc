// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/testing/bounded_test.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace workbook {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// What the watchdog itself uses in one look is far below, and what a test does
// between two of them is above, unless all its threads sleep.
constexpr milliseconds kLook{500};
constexpr milliseconds kUnnoticed{2};

milliseconds ProcessorTime() {
  timespec used = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return std::chrono::duration_cast<milliseconds>(
      seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec));
}

// "This test WHAT 40 s HOW".
[[noreturn]] void End(const char* what, milliseconds limit, const char* how) {
  std::fprintf(stderr, "This test %s %g s%s\n", what,
               static_cast<double>(limit.count()) / 1000, how);
  std::_Exit(1);
}

}  // namespace

BoundedTest::BoundedTest(HangLimits limits)
    : limits_(limits), watchdog_([this] { Watch(); }) {
  UniqueLock lock(mutex_);
  changed_.wait(lock.native(), [this]() REQUIRES(mutex_) { return watching_; });
}

BoundedTest::~BoundedTest() {
  {
    const MutexLock lock(mutex_);
    done_ = true;
  }
  changed_.notify_all();
  watchdog_.join();
}

void BoundedTest::Watch() {
  UniqueLock lock(mutex_);
  watching_ = true;
  changed_.notify_all();
  const milliseconds start = ProcessorTime();
  milliseconds before = start;
  milliseconds slept{0};
  while (!changed_.wait_for(lock.native(), kLook,
                            [this]() REQUIRES(mutex_) { return done_; })) {
    const milliseconds now = ProcessorTime();
    slept = now - before < kUnnoticed ? slept + kLook : milliseconds(0);
    before = now;
    if (slept >= limits_.sleep) {
      End("has slept for", limits_.sleep,
          ": a thread waits that nobody wakes, or a lock is never released.");
    }
    if (now - start >= limits_.processor) {
      End("has used", limits_.processor,
          " of processor time: a loop does not end.");
    }
  }
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
