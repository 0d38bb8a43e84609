// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/called_from.h"
#include "tools/exercise/testing/guarded_buffer.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/exercise/testing/same_list.h"

namespace workbook {
namespace {

// A test of the fixture, apart from GoogleTest's own run.
class Bounded : public BoundedTest {
 public:
  explicit Bounded(HangLimits limits) : BoundedTest(limits) {}
  void TestBody() override {}
};

constexpr std::chrono::milliseconds kSoon{1000};
constexpr std::chrono::hours kNever{1};

TEST(BoundedDeathTest, EndsATestThatSleepsForEver) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        const Bounded test({.sleep = kSoon, .processor = kNever});
        std::this_thread::sleep_for(kNever);
      },
      testing::ExitedWithCode(1), "has slept for 1 s: a thread waits");
}

TEST(BoundedDeathTest, EndsATestThatSpinsForEver) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        const Bounded test({.sleep = kNever, .processor = kSoon});
        for (volatile bool spins = true; spins;) {
        }
      },
      testing::ExitedWithCode(1), "has used 1 s of processor time");
}

// As on a machine that is busy: it gets little time, and goes on.
TEST(BoundedDeathTest, LeavesATestThatIsOnlySlow) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        {
          const Bounded test({.sleep = kSoon, .processor = kNever});
          for (int turn = 0; turn < 20; ++turn) {
            std::this_thread::sleep_for(std::chrono::milliseconds(90));
            const std::clock_t until = std::clock() + CLOCKS_PER_SEC / 100;
            while (std::clock() < until) {
            }
          }
        }
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "");
}

TEST(EventuallyTest, SeesWhatAnotherThreadDoes) {
  std::atomic<bool> done{false};
  std::thread other([&] { done = true; });
  EXPECT_TRUE(Eventually([&] { return done.load(); }));
  other.join();
}

TEST(EventuallyTest, AsksAtLeastOnce) {
  int asked = 0;
  EXPECT_TRUE(Eventually([&] { return ++asked == 1; }));
}

TEST(RandomTest, GivesTheSameWalkForTheSameSeedAndSalt) {
  unsetenv("WORKBOOK_SEED");
  Random first(1);
  Random again(1);
  Random other(2);
  const std::uint64_t bits = first.Bits();
  EXPECT_EQ(again.Bits(), bits);
  EXPECT_NE(other.Bits(), bits);
}

TEST(RandomTest, TakesTheSeedOfTheEnvironment) {
  setenv("WORKBOOK_SEED", "7", 1);
  Random seven(1);
  EXPECT_EQ(WalkSeed(), 7u);
  unsetenv("WORKBOOK_SEED");
  Random usual(1);
  EXPECT_NE(seven.Bits(), usual.Bits());
}

TEST(RandomTest, ReachesBothEndsOfARange) {
  Random random(3);
  std::array<int, 3> seen{};
  for (int i = 0; i < 100; ++i) ++seen[random.Between(4, 6) - 4];
  for (const int count : seen) EXPECT_GT(count, 0);
}

TEST(GuardedBufferTest, SeesTheFirstByteOutsideAtBothEnds) {
  GuardedBuffer buffer(100);
  for (const std::size_t size : {0u, 1u, 100u, 4096u}) {
    volatile char* const last = buffer.Last(size).data();
    EXPECT_TRUE(TouchesClosedMemory([&] { last[size] = 'x'; }));
    volatile char* const first = buffer.First(size).data();
    EXPECT_TRUE(TouchesClosedMemory([&] { first[-1] = 'x'; }));
  }
  EXPECT_THROW(buffer.Last(1 << 20), std::length_error);
}

TEST(GuardedBufferTest, LetsWhatIsInsideBe) {
  GuardedBuffer buffer(10);
  EXPECT_FALSE(TouchesClosedMemory([&] {
    for (char& c : buffer.Last(10)) c = 'x';
    for (char& c : buffer.First(10)) c = 'x';
  }));
  EXPECT_EQ(buffer.LastCopy("text"), "text");
  EXPECT_EQ(buffer.FirstCopy(""), "");
}

TEST(GuardedBufferTest, TheNextCallIsSeenAgain) {
  GuardedBuffer buffer(1);
  volatile const char* const end = buffer.Last(1).data() + 1;
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(TouchesClosedMemory([&] { static_cast<void>(*end); }));
  }
}

void ExpectThree(int sum, const char* file = __builtin_FILE(),
                 int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "Sum");
  EXPECT_EQ(sum, 3);
}

TEST(CalledFrom, NamesTheCallAndWhatIsTried) {
  EXPECT_NONFATAL_FAILURE(ExpectThree(4), "called from here, Sum");
  EXPECT_NONFATAL_FAILURE(ExpectThree(4), "testing_test.cc:");
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__clang__)

// Uses a page of the stack for each call.
int Recurse(int depth) {
  volatile char page[4096] = {};
  page[depth % 4096] = 1;
  return depth == INT_MAX ? 0 : Recurse(depth + 1) + page[0];
}

TEST(LastWordsDeathTest, SaysThatTheStackRanOut) {
  EXPECT_DEATH(Recurse(0), "the stack ran out: a recursion without an end");
}

// An address far from the stack is another crash.
TEST(LastWordsDeathTest, SaysNothingOfAnotherCrash) {
  volatile std::uintptr_t nowhere = 8;
  EXPECT_EXIT(*reinterpret_cast<volatile int*>(nowhere) = 1,
              testing::KilledBySignal(SIGSEGV), "^$");
}

#endif

TEST(SameList, NamesTheFirstDifference) {
  const std::vector<int> expected = {1, 2, 4, 8};
  EXPECT_TRUE(SameList(std::vector<int>{1, 2, 4, 8}, expected));
  EXPECT_STREQ(SameList(std::vector<int>{1, 2, 5, 9}, expected).message(),
               "number 3 of the list is 5 in place of 4, and all in front of "
               "it are right");
  EXPECT_STREQ(SameList(std::vector<int>{3, 2, 4, 8}, expected).message(),
               "number 1 of the list is 3 in place of 1");
}

TEST(SameList, NamesTheEndOfAListThatIsTooShortOrTooLong) {
  const std::vector<int> expected = {1, 2};
  EXPECT_STREQ(SameList(std::vector<int>{1}, expected).message(),
               "number 2 of the list is nothing in place of 2, and all in "
               "front of it are right");
  EXPECT_STREQ(SameList(std::vector<int>{1, 2, 3}, expected).message(),
               "number 3 of the list is 3 in place of nothing, and all in "
               "front of it are right");
}

// By a test of this program that throws, in a run of its own.
TEST(LastWords, RecordTheTypeOfAnException) {
  const std::string report = testing::TempDir() + "/last_words.xml";
  const std::string command =
      "/proc/" + std::to_string(getpid()) +
      "/exe --gtest_also_run_disabled_tests "
      "--gtest_filter=Thrown.DISABLED_Type --gtest_output=xml:" +
      report + " >/dev/null";
  ASSERT_NE(std::system(command.c_str()), 0);
  std::stringstream text;
  text << std::ifstream(report).rdbuf();
  EXPECT_NE(text.str().find(
                R"(<property name="exception_type" value="std::length_error")"),
            std::string::npos)
      << text.str();
}

TEST(Thrown, DISABLED_Type) { throw std::length_error("too long"); }

}  // namespace
}  // namespace workbook
