// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jail_folder.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tools/process/scratch_folder.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

class JailFolders : public testing::Test {
 protected:
  std::ptrdiff_t Count() const {
    return std::distance(fs::directory_iterator(folder_.path()), {});
  }

  ScratchFolder folder_;
};

TEST_F(JailFolders, AreEnteredByAllAndListedByNone) {
  const JailFolder folder(folder_.path());
  EXPECT_EQ(fs::status(folder.path()).permissions(), fs::perms(0711));
  EXPECT_TRUE(fs::is_directory(folder.path() / "trusted"));
  EXPECT_TRUE(fs::is_directory(folder.path() / "objects"));
}

TEST_F(JailFolders, GoWithTheirOwner) {
  { const JailFolder folder(folder_.path()); }
  EXPECT_EQ(Count(), 0);
}

TEST_F(JailFolders, LeaveThoseOfALivingOwner) {
  const JailFolder first(folder_.path());
  const JailFolder second(folder_.path());
  EXPECT_TRUE(fs::exists(first.path() / "trusted"));
  EXPECT_NE(first.path(), second.path());
}

TEST_F(JailFolders, RemoveThoseOfAKilledOwner) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const JailFolder folder(folder_.path());
    std::ofstream(folder.path() / "objects" / "a.o") << "an object";
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_EQ(Count(), 1) << "the kill must have left it";
  const JailFolder next(folder_.path());
  EXPECT_EQ(Count(), 1) << "only the new one";
  EXPECT_TRUE(fs::exists(next.path() / "trusted"));
}

TEST_F(JailFolders, LeaveWhatIsNotTheirs) {
  fs::create_directories(folder_.path() / "workbook_grade_without_lock");
  fs::create_directories(folder_.path() / "somebody" / "owner");
  std::ofstream(folder_.path() / "somebody" / "owner.lock");
  fs::create_directory_symlink("somebody",
                               folder_.path() / "workbook_grade_link");
  const JailFolder folder(folder_.path());
  EXPECT_TRUE(fs::exists(folder_.path() / "workbook_grade_without_lock"));
  EXPECT_TRUE(fs::exists(folder_.path() / "somebody" / "owner"));
}

}  // namespace
}  // namespace workbook::grade
