// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/testing/thread_state.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <thread>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// A thread that waits until it is woken.
class Waiting {
 public:
  ~Waiting() {
    wake_.set_value();
    thread_.join();
  }
  int id() const {
    while (id_ == 0) std::this_thread::yield();
    return id_;
  }

 private:
  std::promise<void> wake_;
  std::atomic<int> id_{0};
  std::thread thread_{[this] {
    id_ = gettid();
    wake_.get_future().wait();
  }};
};

TEST(ThreadState, TellsWhoSleeps) {
  const Waiting other;
  EXPECT_TRUE(Eventually([&] { return SleepsNow(other.id()); }));
  EXPECT_GE(TimesAsleep(other.id()), 1);
  EXPECT_FALSE(SleepsNow(gettid()));
}

TEST(ThreadState, OfAThreadThatIsNoneIsNothing) {
  EXPECT_FALSE(SleepsNow(1 << 30));
  EXPECT_EQ(TimesAsleep(1 << 30), 0);
}

// Else a test that waits for a sleeper has as many allocations as the machine
// has it look.
TEST(ThreadState, LooksWithoutAllocating) {
  const Waiting other;
  const int id = other.id();
  const AllocationScope scope;
  for (int look = 0; look != 100; ++look) {
    SleepsNow(id);
    TimesAsleep(id);
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
}

}  // namespace
}  // namespace workbook
