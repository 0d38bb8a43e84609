// SPDX-License-Identifier: Apache-2.0

// ./workbook update is killed while git moves the branch.
#include <signal.h>

#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/workbook/update/published_course.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

class KilledUpdate : public PublishedCourse {
 protected:
  // A git in front of the real one that kills ./workbook around a command.
  void KillAround(const std::string& command, const std::string& moment) {
    const std::string git =
        ReadTextFile("tools/workbook/update/testdata/killing_git.sh").value();
    const fs::path program = scratch_.path() / "bin" / "git";
    Write(program, git);
    fs::permissions(program, fs::perms::owner_all);
    limits_ = "export KILL_AROUND=" + command + " KILL_MOMENT=" + moment +
              " PATH=" + program.parent_path().string() + ":$PATH; ";
  }

  void ExpectFinished() {
    const ProcessResult next = Run({"list"});
    EXPECT_TRUE(next.ExitedWith(0)) << next.errors;
    ExpectHas(next.errors, "it is finished now");
    ExpectNewCourse();
    EXPECT_EQ(Read("exercises/01_01/pool.h"), "my pool\n");
    EXPECT_EQ(Git(root_, {"rev-parse", "HEAD"}),
              Git(published_, {"rev-parse", "HEAD"}));
    EXPECT_EQ(Git(root_, {"status", "--porcelain"}),
              "M exercises/01_01/pool.h");
    ExpectHas(RunOk({"update"}), "up to date");
  }
};

TEST_F(KilledUpdate, IsFinishedByTheNextStartWhateverGitWasDoing) {
  for (const char* command : {"update-ref", "read-tree", "update-index"}) {
    for (const char* moment : {"before", "after"}) {
      SCOPED_TRACE(std::string("killed ") + moment + " git " + command);
      fs::remove_all(root_);
      fs::remove_all(published_);
      MakeCourse();
      WriteMine("exercises/01_01/pool.h", "my pool\n");
      Publish();
      KillAround(command, moment);
      const ProcessResult killed = Run({"update"});
      limits_.clear();
      EXPECT_TRUE(killed.signal == SIGKILL) << killed.output;
      ASSERT_TRUE(fs::exists(root_ / ".workbook/update/journal"));
      ExpectFinished();
    }
  }
}

TEST_F(KilledUpdate, NamesTheLockThatAKilledGitLeaves) {
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  Publish();
  WriteMine(".git/index.lock", "");
  const ProcessResult locked = Run({"update"});
  ExpectProblem(locked, kExitEnvironment, "index.lock");
  ExpectHas(locked.errors, "remove the lock");
  fs::remove(root_ / ".git/index.lock");
  ExpectFinished();
}

}  // namespace
}  // namespace workbook::cli
