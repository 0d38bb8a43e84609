// SPDX-License-Identifier: Apache-2.0

// What a jail leaves behind: nothing, whichever way it ended. And whose fault
// an end is.
#include "tools/grade/jail.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace workbook::grade {
namespace {

JailResult RunScript(const std::string& script, int processes = 128) {
  JailCommand command;
  command.arguments = {"/bin/sh", "-c", script};
  command.limits.wall = std::chrono::seconds(1);
  command.limits.processes = processes;
  command.slot = 952;
  return RunInJail(command);
}

// Neither a process nor a zombie: those count in the slot's number of
// processes until somebody reaps them.
void ExpectNoChildren() {
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Jail, IsGoneWhenItsCommandHasEnded) {
  EXPECT_TRUE(RunScript("exit 0").ExitedWith(0));
  ExpectNoChildren();
}

TEST(Jail, TakesWhatItsCommandLeftRunningWithIt) {
  EXPECT_TRUE(
      RunScript("sleep 600 > /dev/null 2>&1 4>&- & exit 7").ExitedWith(7));
  ExpectNoChildren();
}

TEST(Jail, IsGoneWhenItsTimeIsOver) {
  EXPECT_TRUE(RunScript("sleep 600 & sleep 600").timed_out);
  ExpectNoChildren();
}

// Process 1 of the machine may be slow to reap, or never do it.
TEST(Jail, OneAfterTheOtherHasItsNumberOfProcesses) {
  if (geteuid() != 0) GTEST_SKIP() << "a user's other processes count, too";
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(RunScript("exit 0", 8).ExitedWith(0)) << "jail " << i;
  }
}

TEST(Jail, IsNotToBlameBecauseItsCommandSaysSo) {
  const JailResult run = RunScript("echo bwrap: out of luck >&2; kill -9 $$");
  EXPECT_EQ(run.start_error, "");
  EXPECT_EQ(run.signal, 9);
}

TEST(Jail, IsToBlameForAMountThatIsNotThere) {
  JailCommand command;
  command.arguments = {"/bin/true"};
  command.slot = 952;
  command.read_only = {{"/no/such/file", "/file"}};
  EXPECT_TRUE(RunInJail(command).start_error.starts_with(
      "the jail did not start: bwrap: "));
}

TEST(Jail, IsToBlameForACommandThatIsNotThere) {
  JailCommand command;
  command.arguments = {"/no/such/program"};
  command.slot = 952;
  EXPECT_TRUE(RunInJail(command).start_error.starts_with(
      "the jail did not start: bwrap: "));
}

}  // namespace
}  // namespace workbook::grade
