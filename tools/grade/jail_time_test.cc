// SPDX-License-Identifier: Apache-2.0

// Whose fault it is that a jail takes long. Other programs and the jail share
// one processor here, so that it does not matter how many there are.
#include "tools/grade/jail_time.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <memory>
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

struct PairResult {
  JailResult asks;
  JailResult works;
};

// One asks and waits, with so much wall time; the other works, then answers.
PairResult AskAndWork(milliseconds wall) {
  std::array<int, 2> question{-1, -1};
  std::array<int, 2> answer{-1, -1};
  EXPECT_EQ(pipe2(question.data(), O_CLOEXEC), 0);
  EXPECT_EQ(pipe2(answer.data(), O_CLOEXEC), 0);
  JailCommand asks = Shell("echo go >&4; read word <&3; echo $word", wall);
  JailCommand works = Shell(std::string("read word <&3; ") + kWorks + " >&4",
                            milliseconds(60'000));
  asks.incoming = answer[0];
  asks.outgoing = question[1];
  works.incoming = question[0];
  works.outgoing = answer[1];
  works.slot = 955;
  asks.together = works.together = std::make_shared<JailTrees>();
  PairResult result;
  std::thread other([&] { result.works = RunInJail(works); });
  result.asks = RunInJail(asks);
  other.join();
  return result;
}

TEST(JailTime, StandsWhileOthersKeepTheJailThatItWaitsForFromRunning) {
  const OnOneProcessor one;
  const auto start = std::chrono::steady_clock::now();
  ASSERT_EQ(AskAndWork(milliseconds(60'000)).asks.output, "done\n");
  const auto alone =
      std::chrono::ceil<milliseconds>(std::chrono::steady_clock::now() - start);
  const OtherPrograms others(4);
  const auto start_beside = std::chrono::steady_clock::now();
  const PairResult pair = AskAndWork(2 * alone);
  EXPECT_EQ(pair.asks.start_error, "");
  EXPECT_FALSE(pair.asks.timed_out);
  EXPECT_EQ(pair.asks.output, "done\n");
  EXPECT_GT(std::chrono::steady_clock::now() - start_beside, 2 * alone);
}

TEST(JailTime, PassesWhileTheJailThatItWaitsForWorks) {
  const OnOneProcessor one;
  const PairResult pair = AskAndWork(milliseconds(150));
  EXPECT_TRUE(pair.asks.timed_out);
  EXPECT_FALSE(pair.works.WasEnded());
}

// Of a processor, whatever else the machine does.
TEST(JailTime, IsToldAsAProcessorsToo) {
  const OnOneProcessor one;
  const JailResult idle = RunInJail(Shell("sleep 1", milliseconds(60'000)));
  EXPECT_LT(idle.used, milliseconds(500));
  const JailResult alone = RunInJail(Shell(kWorks, milliseconds(60'000)));
  EXPECT_GT(alone.used, idle.used);
  const OtherPrograms others(4);
  const JailResult beside = RunInJail(Shell(kWorks, milliseconds(60'000)));
  EXPECT_LT(beside.used, 3 * alone.used);
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
