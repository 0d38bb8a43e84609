// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/git_branch.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "tools/workbook/update/git_checkout.h"
#include "tools/workbook/update/published_course.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

class GitBranch : public PublishedCourse {
 protected:
  std::string CommitOf(const std::string& name) const {
    return Git(root_, {"rev-parse", name});
  }

  void ExpectRefused(const std::string& what) {
    Branch branch;
    const auto problem = FindBranch(git_, branch);
    ASSERT_TRUE(problem) << what;
    EXPECT_NE(problem->what.find(what), std::string::npos) << problem->what;
    EXPECT_EQ(problem->exit_code, kExitRefused) << what;
  }

  const GitCheckout git_{root_, scratch_.path()};
};

TEST_F(GitBranch, IsFoundWithWhatItFollows) {
  Branch branch;
  EXPECT_FALSE(FindBranch(git_, branch));
  EXPECT_EQ(branch.ref, "refs/heads/main");
  EXPECT_EQ(branch.head, CommitOf("HEAD"));
  EXPECT_EQ(branch.upstream, "origin/main");
  EXPECT_EQ(branch.remote, "origin");
}

TEST_F(GitBranch, IsRefusedUntilWhatWasBegunIsFinished) {
  for (const auto& [file, name] :
       {std::pair{"MERGE_HEAD", "a merge"},
        std::pair{"rebase-merge", "a rebase"},
        std::pair{"rebase-apply", "a rebase"},
        std::pair{"CHERRY_PICK_HEAD", "a cherry-pick"},
        std::pair{"REVERT_HEAD", "a revert"}}) {
    Write(root_ / ".git" / file, "begun\n");
    ExpectRefused(std::string(name) + " is not finished");
    fs::remove(root_ / ".git" / file);
  }
}

TEST_F(GitBranch, MayHaveAFileThatIsStagedWhole) {
  Write(root_ / "tools/tool.txt", "staged\n");
  Write(root_ / "exercises/01_01/pool.h", "not staged\n");
  Git(root_, {"add", "tools/tool.txt"});
  Branch branch;
  EXPECT_FALSE(FindBranch(git_, branch));
  Write(root_ / "tools/tool.txt", "edited again\n");
  ExpectRefused("staged");
}

TEST_F(GitBranch, IsFetchedForWhereItsUpstreamWasNeverSeen) {
  Git(published_, {"branch", "-q", "next"});
  Git(root_, {"config", "branch.main.merge", "refs/heads/next"});
  Branch branch;
  EXPECT_FALSE(FindBranch(git_, branch));
  EXPECT_EQ(branch.upstream, "origin/next");
}

TEST_F(GitBranch, IsAdvancedOnceHoweverOftenItIsAsked) {
  const std::string before = CommitOf("HEAD");
  Publish();
  Branch branch;
  ASSERT_FALSE(FindBranch(git_, branch));
  ASSERT_FALSE(FetchUpstream(git_, branch));
  const std::string after = CommitOf("origin/main");
  ASSERT_NE(before, after);
  for (int time = 0; time < 2; ++time) {
    EXPECT_FALSE(AdvanceBranch(git_, branch.ref, before, after));
    EXPECT_EQ(CommitOf("HEAD"), after);
    EXPECT_EQ(Git(root_, {"diff", "--cached", "--name-only"}), "");
  }
  EXPECT_EQ(Read("exercises/01_01/pool.h"), "stub 1\n") << "no file is touched";
}

TEST_F(GitBranch, StaysWhereSomebodyElseMovedIt) {
  const std::string before = CommitOf("HEAD");
  Publish();
  Git(root_, {"fetch", "-q"});
  Write(root_ / "notes.txt", "mine\n");
  Commit(root_, "in between");
  const std::string moved = CommitOf("HEAD");
  const auto problem =
      AdvanceBranch(git_, "refs/heads/main", before, CommitOf("origin/main"));
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->what.find("could not be moved"), std::string::npos);
  EXPECT_EQ(CommitOf("HEAD"), moved);
}

}  // namespace
}  // namespace workbook::cli
