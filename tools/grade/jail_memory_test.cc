// SPDX-License-Identifier: Apache-2.0

// The sum of memory over processes: counted on a tree of our own, and bounded
// in the real jail.
#include "tools/grade/jail_memory.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <string>
#include <vector>

#include "tools/grade/jail.h"

namespace workbook::grade {
namespace {

constexpr std::uint64_t kMiB = 1 << 20;

// A child and its child, each with `bytes` of its own; they live until this is
// destroyed.
class TwoGenerations {
 public:
  explicit TwoGenerations(std::size_t bytes) {
    EXPECT_EQ(pipe(ready_.data()), 0);
    child_ = fork();
    if (child_ == 0) {
      setpgid(0, 0);
      const bool is_grandchild = fork() == 0;
      std::vector<char> block(bytes + 1, is_grandchild ? 'g' : 'c');
      if (write(ready_[1], block.data(), 1) == 1) pause();
      _exit(0);
    }
    setpgid(child_, child_);
    std::array<char, 2> letters{};
    for (char& letter : letters) EXPECT_EQ(read(ready_[0], &letter, 1), 1);
  }
  TwoGenerations(const TwoGenerations&) = delete;
  TwoGenerations& operator=(const TwoGenerations&) = delete;
  ~TwoGenerations() {
    kill(-child_, SIGKILL);
    waitpid(child_, nullptr, 0);
    for (const int end : ready_) close(end);
  }
  pid_t root() const { return child_; }

 private:
  std::array<int, 2> ready_{-1, -1};
  pid_t child_ = -1;
};

TEST(ResidentBytesOfTree, IsTheSumOverAllGenerations) {
  const TwoGenerations small(0);
  const TwoGenerations large(64 * kMiB);
  const std::uint64_t difference =
      ResidentBytesOfTree(large.root()) - ResidentBytesOfTree(small.root());
  EXPECT_GE(difference, 127 * kMiB);
  EXPECT_LE(difference, 130 * kMiB);
}

TEST(ResidentBytesOfTree, OfAProcessThatIsGoneIsNothing) {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  siginfo_t ended{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT),
            0);
  EXPECT_EQ(ResidentBytesOfTree(child), 0u);  // a zombie
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_EQ(ResidentBytesOfTree(child), 0u);
}

// `tail` keeps what it has read: 100 MiB of zeros are one long line. It prints
// them when its input ends, which is when the sleep does.
JailResult RunFourOfHundredMiB(std::uint64_t memory_bytes, int end_seconds) {
  const std::string one = "(head -c 100M /dev/zero; sleep " +
                          std::to_string(end_seconds) +
                          ") | tail > /dev/null & ";
  JailCommand command;
  command.arguments = {"/bin/sh", "-c", one + one + one + one + "wait"};
  command.limits.memory_bytes = memory_bytes;
  command.limits.wall = std::chrono::minutes(1);
  command.slot = 951;
  return RunInJail(command);
}

TEST(JailMemory, ProcessesThatHoldTooMuchTogetherAreEnded) {
  const JailResult run = RunFourOfHundredMiB(250 * kMiB, 30);
  EXPECT_EQ(run.start_error, "");
  EXPECT_TRUE(run.out_of_memory);
  EXPECT_FALSE(run.timed_out);
  EXPECT_FALSE(run.ExitedWith(0));
}

TEST(JailMemory, WhatIsWithinTheBoundRunsToItsEnd) {
  const JailResult run = RunFourOfHundredMiB(1024 * kMiB, 1);
  EXPECT_EQ(run.start_error, "");
  EXPECT_FALSE(run.out_of_memory);
  EXPECT_TRUE(run.ExitedWith(0)) << run.errors;
}

}  // namespace
}  // namespace workbook::grade
