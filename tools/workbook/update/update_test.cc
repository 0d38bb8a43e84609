// SPDX-License-Identifier: Apache-2.0

// Drives the real binary on real git repositories.
#include <filesystem>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/workbook/update/published_course.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

using Update = PublishedCourse;

TEST_F(Update, BringsTestsAndKeepsTheLearnersSource) {
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  WriteMine(".workbook/progress",
            "memory-workbook progress 1\ncurrent 01_01\n");
  Publish();
  const std::string told = RunOk({"update"});
  ExpectNewCourse();
  EXPECT_EQ(Read("exercises/01_01/pool.h"), "my pool\n");
  EXPECT_EQ(Read("exercises/01_01/pool.cc"), "source stub 2\n")
      << "nobody had begun it";
  EXPECT_EQ(Read(".workbook/progress"),
            "memory-workbook progress 1\ncurrent 01_01\n");
  ExpectHas(told, "01_01 Pools, 0 of 1 tasks green");
  ExpectHas(told, "limits_test.cc");
  ExpectHas(told, "pool.h stays as you have it; its stub changed");
  EXPECT_EQ(Read(".workbook/stubs/old/exercises/01_01/pool.h"), "stub 1\n");
  EXPECT_EQ(Read(".workbook/stubs/new/exercises/01_01/pool.h"), "stub 2\n");
  EXPECT_EQ(Git(root_, {"rev-parse", "HEAD"}),
            Git(published_, {"rev-parse", "HEAD"}));
  EXPECT_EQ(Git(root_, {"status", "--porcelain"}), "M exercises/01_01/pool.h");
  ExpectHas(RunOk({"update"}), "up to date");
}

TEST_F(Update, ADryRunChangesNothing) {
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  Publish();
  const std::string head = Git(root_, {"rev-parse", "HEAD"});
  ExpectHas(RunOk({"update", "--dry-run"}), "limits_test.cc");
  EXPECT_EQ(Git(root_, {"rev-parse", "HEAD"}), head);
  EXPECT_EQ(Git(root_, {"status", "--porcelain"}), "M exercises/01_01/pool.h");
  EXPECT_FALSE(fs::exists(root_ / ".workbook/update"));
  EXPECT_FALSE(fs::exists(root_ / ".workbook/stubs"));
}

TEST_F(Update, MergesWithCommitsOfTheLearner) {
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  WriteMine("exercises/01_01/pool_test.cc", "my test\n");
  WriteMine("notes.txt", "mine\n");
  Commit(root_, "my work");
  Publish();
  ExpectHas(RunOk({"update"}), "your form goes to .workbook/backups/update-");
  ExpectNewCourse();
  EXPECT_EQ(Read("exercises/01_01/pool.h"), "my pool\n");
  EXPECT_EQ(Read("notes.txt"), "mine\n");
  EXPECT_EQ(Git(root_, {"status", "--porcelain"}), "");
  EXPECT_EQ(Git(root_, {"show", "HEAD:exercises/01_01/pool.h"}), "my pool");
  EXPECT_EQ(Git(root_, {"rev-parse", "HEAD^2"}),
            Git(published_, {"rev-parse", "HEAD"}));
  std::string backups;
  for (const auto& folder :
       fs::directory_iterator(root_ / ".workbook/backups")) {
    backups += ReadTextFile(folder.path() / "exercises/01_01/pool_test.cc")
                   .value_or("");
  }
  EXPECT_EQ(backups, "my test\n");
}

TEST_F(Update, TellsWhatAGitPullBrought) {
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  Commit(root_, "mine");
  Write(published_ / "exercises/01_01/pool_test.cc", "test 2\n");
  Commit(published_, "only a test");
  Git(root_, {"pull", "-q", "--no-rebase", "--no-edit"});
  ExpectHas(RunOk({"update"}), "pool_test.cc (you have it already)");
  ExpectHas(RunOk({"update"}), "up to date");
}

TEST_F(Update, KeepsEditsElsewhereAndRefusesWhereBothEdited) {
  WriteMine("tools/tool.txt", "my tool\n");
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  Publish();
  RunOk({"update"});
  EXPECT_EQ(Read("tools/tool.txt"), "my tool\n");
  Write(published_ / "tools/tool.txt", "tool 3\n");
  Write(published_ / "exercises/01_01/pool_test.cc", "test 3\n");
  Commit(published_, "third");
  const std::string head = Git(root_, {"rev-parse", "HEAD"});
  const ProcessResult refused = Run({"update"});
  ExpectProblem(refused, kExitRefused, "both changed files outside");
  ExpectHas(refused.errors, "tools/tool.txt");
  EXPECT_EQ(Read("tools/tool.txt"), "my tool\n");
  EXPECT_EQ(Read("exercises/01_01/pool_test.cc"), "test 2\n");
  EXPECT_EQ(Git(root_, {"rev-parse", "HEAD"}), head);
}

TEST_F(Update, SaysWhyGitCannotAndTouchesNothing) {
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  Publish();
  Git(root_, {"switch", "-q", "--detach"});
  ExpectProblem(Run({"update"}), kExitRefused, "HEAD is detached");
  Git(root_, {"switch", "-q", "-c", "own"});
  ExpectProblem(Run({"update"}), kExitRefused, "own follows no other");
  Git(root_, {"switch", "-q", "main"});
  WriteMine(".git/MERGE_HEAD", Git(root_, {"rev-parse", "HEAD"}) + "\n");
  ExpectProblem(Run({"update"}), kExitRefused, "a merge is not finished");
  fs::remove(root_ / ".git/MERGE_HEAD");
  Git(root_, {"add", "exercises/01_01/pool.h"});
  WriteMine("exercises/01_01/pool.h", "my later pool\n");
  ExpectProblem(Run({"update"}), kExitRefused, "staged");
  Git(root_, {"reset", "-q"});
  fs::rename(published_, scratch_.path() / "moved");
  ExpectProblem(Run({"update"}), kExitEnvironment, "nothing could be fetched");
  EXPECT_EQ(Read("exercises/01_01/pool.h"), "my later pool\n");
  EXPECT_EQ(Read("exercises/01_01/pool_test.cc"), "test 1\n");
  EXPECT_FALSE(fs::exists(root_ / ".workbook/update"));
}

TEST_F(Update, WorksWithoutGitFromAFolder) {
  fs::remove_all(root_ / ".git");
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  ExpectProblem(Run({"update"}), kExitUsage, "not a git checkout");
  ExpectProblem(Run({"update", "--from", "nowhere"}), kExitUsage,
                "no Memory Workbook");
  WriteNews(published_);
  ExpectHas(RunOk({"update", "--from", published_.string()}),
            "the old one is not known here");
  EXPECT_EQ(Read("exercises/01_01/pool_test.cc"), "test 2\n");
  EXPECT_EQ(Read("exercises/01_01/pool.h"), "my pool\n");
  EXPECT_EQ(Read(".workbook/stubs/new/exercises/01_01/pool.h"), "stub 2\n");
  // Now the old edition is known, and what is not edited needs no backup.
  fs::remove_all(root_ / ".workbook/backups");
  fs::remove(published_ / "exercises/01_01/limits_test.cc");
  Write(published_ / "exercises/01_01/pool_test.cc", "test 3\n");
  RunOk({"update", "--from", published_.string()});
  EXPECT_EQ(Read("exercises/01_01/pool_test.cc"), "test 3\n");
  EXPECT_FALSE(fs::exists(root_ / "exercises/01_01/limits_test.cc"));
  EXPECT_FALSE(fs::exists(root_ / ".workbook/backups"));
  EXPECT_EQ(Read("exercises/01_01/pool.h"), "my pool\n");
  ExpectHas(RunOk({"update", "--from", published_.string()}), "up to date");
}

TEST_F(Update, LeavesAllAsItWasWhereTheDiskIsFull) {
  WriteMine("exercises/01_01/pool.h", "my pool\n");
  Write(published_ / "exercises/01_01/big.txt", std::string(300'000, 'x'));
  Publish();
  // A limit on the size of a file fails a write as a full disk does.
  limits_ = "trap '' XFSZ; ulimit -f 100; ";
  const ProcessResult full = Run({"update", "--from", published_.string()});
  EXPECT_EQ(full.exit_code, kExitEnvironment) << full.output << full.errors;
  EXPECT_EQ(Read("exercises/01_01/pool_test.cc"), "test 1\n");
  EXPECT_EQ(Git(root_, {"status", "--porcelain"}), "M exercises/01_01/pool.h");
  limits_.clear();
  RunOk({"update"});
  ExpectNewCourse();
}

TEST_F(Update, TellsThatGitIsMissing) {
  limits_ = "PATH=/nonexistent; ";
  ExpectProblem(Run({"update"}), kExitEnvironment, "git did not start");
}

}  // namespace
}  // namespace workbook::cli
