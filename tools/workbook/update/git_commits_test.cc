// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/git_commits.h"

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/update/git_branch.h"
#include "tools/workbook/update/git_checkout.h"
#include "tools/workbook/update/published_course.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPool = "exercises/01_01/pool.h";
constexpr const char* kTest = "exercises/01_01/pool_test.cc";

class GitCommits : public PublishedCourse {
 protected:
  GitCommits() {
    for (const char* name : {"GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME",
                             "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"}) {
      setenv(name, "L", 1);
    }
  }

  // What the update does before it merges.
  void Find(const std::string& told = "") {
    ASSERT_FALSE(FindBranch(git_, branch_));
    ASSERT_FALSE(FetchUpstream(git_, branch_));
    ASSERT_FALSE(FindCommits(git_, branch_, told, commits_));
  }

  std::string Merged(const std::set<std::string>& owned) {
    std::string commit;
    const auto problem = MergeCommits(git_, branch_, commits_, owned, commit);
    EXPECT_FALSE(problem) << problem->what;
    return commit;
  }

  std::string Shown(const std::string& commit, const std::string& path) {
    return Git(root_, {"show", commit + ":" + path});
  }

  const GitCheckout git_{root_, scratch_.path()};
  Branch branch_;
  Commits commits_;
};

TEST_F(GitCommits, AreUpstreamsWhereTheLearnerHasNone) {
  Publish();
  Find();
  EXPECT_EQ(commits_.base, branch_.head);
  EXPECT_FALSE(commits_.merged);
  EXPECT_EQ(Merged({}), Git(published_, {"rev-parse", "HEAD"}));
}

TEST_F(GitCommits, MergeTheLearnersFilesOverUpstreams) {
  WriteMine(kPool, "my pool\n");
  WriteMine(kTest, "my test\n");
  WriteMine("notes.txt", "mine\n");
  fs::remove(root_ / "tools/tool.txt");
  Commit(root_, "my work");
  Publish();
  Find();
  const std::string merge = Merged({kPool});
  EXPECT_EQ(Shown(merge, kPool), "my pool") << "owned: as it was committed";
  EXPECT_EQ(Shown(merge, kTest), "test 2") << "not owned: upstream's";
  EXPECT_EQ(Shown(merge, "notes.txt"), "mine") << "upstream has none";
  EXPECT_EQ(Git(root_, {"ls-tree", merge, "--", "tools/tool.txt"}), "")
      << "upstream did not change what the learner deleted";
  EXPECT_EQ(Git(root_, {"rev-parse", merge + "^1", merge + "^2"}),
            branch_.head + "\n" + commits_.theirs);
}

TEST_F(GitCommits, MergeInAnIndexThatIsGoneAfterIt) {
  WriteMine(kPool, "my pool\n");
  Commit(root_, "my work");
  WriteMine("notes.txt", "staged\n");
  Git(root_, {"add", "notes.txt"});
  const std::string status = Git(root_, {"status", "--porcelain"});
  Publish();
  Find();
  Merged({kPool});
  EXPECT_EQ(Git(root_, {"status", "--porcelain"}), status);
  EXPECT_EQ(Git(root_, {"rev-parse", "HEAD"}), branch_.head);
  EXPECT_FALSE(fs::exists(scratch_.path() / "index.merge"));
}

TEST_F(GitCommits, AreWrittenOutAsFilesAndNothingElse) {
  Publish();
  Find();
  const fs::path folder = scratch_.path() / "new/theirs";
  ASSERT_FALSE(WriteOutCommit(git_, commits_.theirs, folder));
  EXPECT_EQ(ReadTextFile(folder / kTest), "test 2\n");
  EXPECT_FALSE(fs::exists(folder / "exercises/01_01/pool_bench.cc"));
  EXPECT_FALSE(fs::exists(folder / ".git"));
  EXPECT_EQ(Read(kTest), "test 1\n");
  EXPECT_FALSE(fs::exists(scratch_.path() / "index.written-out"));
}

TEST_F(GitCommits, HaveTheBaseThatTheLearnerWasToldOfAfterAPull) {
  const std::string first = Git(root_, {"rev-parse", "HEAD"});
  Publish();
  Git(root_, {"pull", "-q", "--ff-only"});
  const std::string second = Git(root_, {"rev-parse", "HEAD"});
  Write(published_ / kTest, "test 3\n");
  Commit(published_, "third");
  Git(root_, {"pull", "-q", "--ff-only"});
  Find(first);
  EXPECT_TRUE(commits_.merged);
  EXPECT_EQ(commits_.base, first);
  Find();
  EXPECT_EQ(commits_.base, second) << "where the branch was before the pull";
}

TEST_F(GitCommits, NeedOneInCommon) {
  Git(root_, {"switch", "-q", "--orphan", "other"});
  WriteMine("notes.txt", "mine\n");
  Commit(root_, "another history");
  Git(root_, {"branch", "-q", "--set-upstream-to=origin/main"});
  ASSERT_FALSE(FindBranch(git_, branch_));
  const auto problem = FindCommits(git_, branch_, "", commits_);
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->what.find("no commit in common"), std::string::npos);
}

TEST_F(GitCommits, AreNotMergedWhereGitCannotCompareThem) {
  WriteMine(kPool, "my pool\n");
  Commit(root_, "my work");
  Publish();
  Find();
  commits_.base = "no-such-commit";
  std::string commit;
  const auto problem = MergeCommits(git_, branch_, commits_, {kPool}, commit);
  ASSERT_TRUE(problem) << Shown(commit, kPool);
  EXPECT_NE(problem->what.find("could not be merged"), std::string::npos);
  EXPECT_NE(problem->what.find("no-such-commit"), std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
