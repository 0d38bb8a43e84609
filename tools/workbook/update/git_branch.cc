// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/git_branch.h"

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

std::optional<Problem> InspectRoot(const GitCheckout& git) {
  const ProcessResult top = git.Run({"rev-parse", "--show-toplevel"});
  if (!top.Started()) {
    return Problem{.what = "git did not start: " + top.start_error,
                   .where = "git on PATH",
                   .next =
                       "./workbook setup installs it. A copy that is no git "
                       "checkout: ./workbook update --from DIR, the folder of "
                       "the new one."};
  }
  std::error_code error;
  if (top.ExitedWith(0) &&
      fs::equivalent(std::string(TrimSpace(top.output)), git.root(), error)) {
    return std::nullopt;
  }
  return Problem{.what = "this copy of the course is not a git checkout",
                 .where = git.root().string(),
                 .next =
                     "./workbook update --from DIR, the folder of the "
                     "new copy.",
                 .exit_code = kExitUsage};
}

// A merge, rebase, cherry-pick or revert that waits for its end.
std::string Unfinished(const fs::path& git_folder) {
  std::error_code ignored;
  for (const auto& [file, name] :
       {std::pair{"MERGE_HEAD", "merge"}, std::pair{"rebase-merge", "rebase"},
        std::pair{"rebase-apply", "rebase"},
        std::pair{"CHERRY_PICK_HEAD", "cherry-pick"},
        std::pair{"REVERT_HEAD", "revert"}}) {
    if (fs::exists(git_folder / file, ignored)) return name;
  }
  return {};
}

std::optional<Problem> RefuseUnfinished(const GitCheckout& git) {
  const std::string unfinished =
      Unfinished(git.Line({"rev-parse", "--absolute-git-dir"}));
  if (unfinished.empty()) return std::nullopt;
  return Problem{.what = "a " + unfinished + " is not finished here",
                 .where = git.root().string(),
                 .next = fmt::format("Finish it, or: git {} --abort; then "
                                     "update again.",
                                     unfinished),
                 .exit_code = kExitRefused};
}

std::optional<Problem> FindHead(const GitCheckout& git, Branch& branch) {
  branch.ref = git.Line({"symbolic-ref", "-q", "HEAD"});
  branch.head = git.Line({"rev-parse", "-q", "--verify", "HEAD^{commit}"});
  if (!branch.ref.empty() && !branch.head.empty()) return std::nullopt;
  return Problem{.what = "no branch is checked out (HEAD is detached)",
                 .where = "git status",
                 .next =
                     "git switch main (your edits come along), then "
                     "update again.",
                 .exit_code = kExitRefused};
}

// REQUIRES: FindHead found the branch.
std::optional<Problem> FindUpstream(const GitCheckout& git, Branch& branch) {
  const std::string name =
      branch.ref.substr(std::string_view("refs/heads/").size());
  branch.upstream = git.Line({"rev-parse", "--abbrev-ref", "@{upstream}"});
  branch.remote = git.Line({"config", "--get", "branch." + name + ".remote"});
  if (branch.upstream.empty() && !branch.remote.empty()) {
    // It follows a branch that was never fetched, or is gone.
    if (auto problem = FetchUpstream(git, branch)) return problem;
    branch.upstream = git.Line({"rev-parse", "--abbrev-ref", "@{upstream}"});
  }
  if (!branch.upstream.empty()) return std::nullopt;
  return Problem{
      .what = "the branch " + name + " follows no other one",
      .where = "git branch -vv",
      .next = "git branch --set-upstream-to=origin/main; then update again.",
      .exit_code = kExitRefused};
}

std::optional<Problem> RefusePartlyStaged(const GitCheckout& git) {
  const std::string staged =
      git.Line({"diff", "--cached", "--name-only", "--no-renames"});
  const std::string unstaged =
      git.Line({"diff", "--name-only", "--no-renames"});
  for (const std::string_view file : SplitLines(staged)) {
    for (const std::string_view other : SplitLines(unstaged)) {
      if (file != other) continue;
      return Problem{.what =
                         "a file is staged, and edited after that: the "
                         "staged form would be lost",
                     .where = std::string(file),
                     .next = "git add or git commit it, then update again.",
                     .exit_code = kExitRefused};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Problem> FindBranch(const GitCheckout& git, Branch& branch) {
  if (auto problem = InspectRoot(git)) return problem;
  if (auto problem = RefuseUnfinished(git)) return problem;
  if (auto problem = FindHead(git, branch)) return problem;
  if (auto problem = FindUpstream(git, branch)) return problem;
  return RefusePartlyStaged(git);
}

std::optional<Problem> FetchUpstream(const GitCheckout& git,
                                     const Branch& branch) {
  if (branch.remote == ".") return std::nullopt;
  const ProcessResult result = git.Run({"fetch", "--quiet", branch.remote});
  if (result.ExitedWith(0)) return std::nullopt;
  Problem problem = GitProblem("nothing could be fetched", result);
  problem.where = "git fetch " + branch.remote;
  if (problem.next.find("space") == std::string::npos) {
    problem.next =
        "Nothing was changed. Look at the network and git remote -v, then "
        "update again; from a copy: ./workbook update --from DIR";
  }
  return problem;
}

std::optional<Problem> AdvanceBranch(const GitCheckout& git,
                                     const std::string& ref,
                                     const std::string& from,
                                     const std::string& to) {
  if (git.Line({"rev-parse", "-q", "--verify", ref}) != to) {
    const ProcessResult moved =
        git.Run({"update-ref", "-m", "workbook update", ref, to, from});
    if (!moved.ExitedWith(0)) {
      Problem problem = GitProblem("the branch could not be moved", moved);
      problem.where = ref;
      problem.next = "The new files are in place. ./workbook update again.";
      return problem;
    }
  }
  const ProcessResult read = git.Run({"read-tree", to});
  if (!read.ExitedWith(0)) {
    Problem problem = GitProblem("git's index could not be written", read);
    problem.next =
        "End the git that is running, or remove the lock that one left "
        "(.git/index.lock), then ./workbook update again.";
    return problem;
  }
  git.Run({"update-index", "-q", "--refresh"});
  return std::nullopt;
}

}  // namespace workbook::cli
