// SPDX-License-Identifier: Apache-2.0

// A fixture for tests that wait for threads: a wrong implementation fails them,
// with a message, and never hangs.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_BOUNDED_TEST_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_BOUNDED_TEST_H_

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

// What one wait of a test may take at most; met in microseconds when all is
// well. A wait that is not met is a failed expectation.
inline constexpr std::chrono::seconds kBound{4};

// What a hang is: one that sleeps uses no processor time for so long, one that
// spins uses so much of it. So a machine that is merely busy ends no test.
struct HangLimits {
  std::chrono::milliseconds sleep{40'000};
  std::chrono::milliseconds processor{40'000};
};

// Ends the process with exit code 1 and a message when a test of the fixture
// hangs: what waits inside the implementation cannot be ended otherwise.
class BoundedTest : public testing::Test {
 protected:
  // Returns when the watchdog runs: a thread that starts allocates in a
  // sanitizer's runtime, and must be through with that before a test counts.
  explicit BoundedTest(HangLimits limits = {});
  ~BoundedTest() override;

 private:
  void Watch();

  const HangLimits limits_;
  Mutex mutex_;
  std::condition_variable changed_;
  bool watching_ GUARDED_BY(mutex_) = false;
  bool done_ GUARDED_BY(mutex_) = false;
  std::thread watchdog_;
};

// Whether `met` becomes true within kBound. Asks again and again, and yields in
// between.
bool Eventually(const std::function<bool()>& met);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_BOUNDED_TEST_H_
