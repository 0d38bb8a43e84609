// SPDX-License-Identifier: Apache-2.0

// Whose fault it is that a jail takes long. Other programs and the jail share
// one processor here, so that it does not matter how many there are.
#include "tools/grade/jail_time.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "tools/grade/jail.h"

namespace workbook::grade {
namespace {

using std::chrono::milliseconds;

// What this thread starts has one processor, and so has it.
class OnOneProcessor {
 public:
  OnOneProcessor() {
    sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (std::size_t i = 0; i < CPU_SETSIZE; ++i) {
      if (!CPU_ISSET(i, &before_)) continue;
      CPU_SET(i, &one);
      break;
    }
    sched_setaffinity(0, sizeof one, &one);
  }
  OnOneProcessor(const OnOneProcessor&) = delete;
  OnOneProcessor& operator=(const OnOneProcessor&) = delete;
  ~OnOneProcessor() { sched_setaffinity(0, sizeof before_, &before_); }

 private:
  cpu_set_t before_{};
};

// Each in a session of its own, which Linux gives a share as it does a jail.
class OtherPrograms {
 public:
  explicit OtherPrograms(int count) {
    for (int i = 0; i < count; ++i) {
      const pid_t child = fork();
      if (child == 0) {
        setsid();
        for (;;) asm volatile("");
      }
      children_.push_back(child);
    }
  }
  OtherPrograms(const OtherPrograms&) = delete;
  OtherPrograms& operator=(const OtherPrograms&) = delete;
  ~OtherPrograms() {
    for (const pid_t child : children_) {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
  }

 private:
  std::vector<pid_t> children_;
};

JailCommand Shell(const std::string& script, milliseconds wall) {
  JailCommand command;
  command.arguments = {"/bin/sh", "-c", script};
  command.limits.wall = wall;
  command.slot = 954;
  return command;
}

// Half a second of a processor on a machine that is not slow.
constexpr char kWorks[] =
    "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; echo done";

TEST(JailTime, StandsWhileOthersHaveTheMachine) {
  const OnOneProcessor one;
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(RunInJail(Shell(kWorks, milliseconds(60'000))).ExitedWith(0));
  const auto alone =
      std::chrono::ceil<milliseconds>(std::chrono::steady_clock::now() - start);
  const OtherPrograms others(4);
  const auto start_beside = std::chrono::steady_clock::now();
  const JailResult run = RunInJail(Shell(kWorks, 2 * alone));
  EXPECT_EQ(run.start_error, "");
  EXPECT_FALSE(run.timed_out);
  EXPECT_EQ(run.output, "done\n");
  // Without which nothing was tried.
  EXPECT_GT(std::chrono::steady_clock::now() - start_beside, 2 * alone);
}

TEST(JailTime, ThatOthersHadForTooLongIsNoVerdict) {
  const OnOneProcessor one;
  const OtherPrograms others(4);
  const JailResult run =
      RunInJail(Shell("while :; do :; done", milliseconds(600)));
  EXPECT_FALSE(run.timed_out);
  EXPECT_NE(run.start_error, "");
}

TEST(JailTime, PassesWhileItSleeps) {
  const OnOneProcessor one;
  const OtherPrograms others(4);
  const JailResult run = RunInJail(Shell("sleep 100", milliseconds(600)));
  EXPECT_TRUE(run.timed_out);
  EXPECT_EQ(run.start_error, "");
}

// It keeps itself from running, and uses the machine to do that.
TEST(JailTime, PassesWhileItsOwnProcessesHaveTheMachine) {
  const OnOneProcessor one;
  const JailResult run = RunInJail(
      Shell("for i in 1 2 3 4 5 6; do (while :; do :; done) & done; wait",
            milliseconds(600)));
  EXPECT_TRUE(run.timed_out);
  EXPECT_EQ(run.start_error, "");
}

TEST(JailTime, PassesWhileItStartsProcessesThatNobodySees) {
  const OnOneProcessor one;
  const JailResult run = RunInJail(
      Shell("trap '' CHLD; while :; do /bin/true; done", milliseconds(600)));
  EXPECT_TRUE(run.timed_out);
  EXPECT_EQ(run.start_error, "");
}

TEST(JailTime, OfACommandThatMayNotWaitIsOverWhenItDoes) {
  JailCommand command = Shell("sleep 100", milliseconds(60'000));
  command.idle = milliseconds(500);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(RunInJail(command).timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
  command.arguments[2] = kWorks;  // as it is, for longer than that
  EXPECT_TRUE(RunInJail(command).ExitedWith(0));
}

}  // namespace
}  // namespace workbook::grade
