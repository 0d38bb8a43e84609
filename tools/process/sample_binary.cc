// SPDX-License-Identifier: Apache-2.0

// A test binary whose end is chosen by name: what the tools must tell apart.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace {

TEST(Task1Green, Passes) { SUCCEED(); }

TEST(Task1Mixed, Passes) { SUCCEED(); }
TEST(Task1Mixed, IsYoursToWrite) {
  throw std::logic_error("01_02 task 1: Sample::Run is yours to write");
}

TEST(Task2Red, FailsAnExpectation) {
  EXPECT_EQ(1 + 1, 3) << "the sum is wrong";
}

TEST(Task3Skipped, SkipsItself) { GTEST_SKIP() << "not here"; }

TEST(Task4Abrupt, Crashes) { std::raise(SIGSEGV); }
TEST(Task4Abrupt, Aborts) { std::abort(); }
TEST(Task4Abrupt, LeavesWithZero) { std::_Exit(0); }
TEST(Task4Abrupt, LeavesWithOne) { std::_Exit(1); }
TEST(Task4Abrupt, LeavesWithSeven) { std::_Exit(7); }
TEST(Task4Abrupt, Hangs) {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
}

TEST(Task5Disabled, DISABLED_NeverRuns) { FAIL(); }

}  // namespace
