// What a jail leaves behind: nothing, whichever way it ended.
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

}  // namespace
}  // namespace workbook::grade
