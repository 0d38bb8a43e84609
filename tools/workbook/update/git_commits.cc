// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/git_commits.h"

#include <cstddef>
#include <map>
#include <system_error>

#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

// What a commit has in the place of another, by path: "100644,BLOB", "" where
// it has nothing.
using Changes = std::map<std::string, std::string>;

// On failure: the result is no success, and `changes` is not to be used.
ProcessResult FindChanges(const GitCheckout& git, const std::string& from,
                          const std::string& to, Changes& changes) {
  // ":100644 100644 BLOB BLOB M" and the path, each ended by a zero byte.
  ProcessResult result =
      git.Run({"diff-tree", "-r", "-z", "--no-renames", from, to});
  const auto pieces = PiecesEndedBy('\0', result.output);
  for (std::size_t i = 0; i + 1 < pieces.size(); i += 2) {
    const auto words = PiecesEndedBy(' ', pieces[i] + ' ');
    if (words.size() < 5) continue;
    changes[pieces[i + 1]] = words[4] == "D" ? "" : words[1] + "," + words[3];
  }
  return result;
}

// Puts the learner's changes over upstream's files in `index`. Returns the
// first result of git's that is no success, else the last one.
ProcessResult Overlay(const ScratchIndex& index, const std::string& theirs,
                      const Changes& mine, const Changes& changed_by_them,
                      const std::set<std::string>& owned) {
  ProcessResult result = index.Run({"read-tree", theirs});
  for (const auto& [path, entry] : mine) {
    if (!result.ExitedWith(0)) break;
    if (changed_by_them.contains(path) && !owned.contains(path)) continue;
    if (entry.empty()) {
      result = index.Run({"update-index", "--force-remove", "--", path});
    } else {
      result = index.Run(
          {"update-index", "--add", "--cacheinfo", entry + "," + path});
    }
  }
  return result;
}

}  // namespace

std::optional<Problem> FindCommits(const GitCheckout& git, const Branch& branch,
                                   const std::string& told, Commits& commits) {
  commits.theirs =
      git.Line({"rev-parse", "-q", "--verify", branch.upstream + "^{commit}"});
  commits.base = git.Line({"merge-base", branch.head, commits.theirs});
  if (commits.base.empty()) {
    return Problem{
        .what =
            "your branch and " + branch.upstream + " have no commit in common",
        .where = "git log " + branch.upstream,
        .next =
            "Nothing was changed. A shallow clone needs git fetch "
            "--unshallow; for another history: ./workbook update --from "
            "DIR, a clone of it."};
  }
  commits.merged = commits.base == commits.theirs;
  if (!commits.merged) return std::nullopt;
  const std::string before = told.empty() ? "ORIG_HEAD" : told;
  const std::string known =
      git.Line({"rev-parse", "-q", "--verify", before + "^{commit}"});
  commits.base =
      known.empty() ? "" : git.Line({"merge-base", known, commits.theirs});
  return std::nullopt;
}

std::optional<Problem> WriteOutCommit(const GitCheckout& git,
                                      const std::string& commit,
                                      const fs::path& folder) {
  const ScratchIndex index(git, "index.written-out");
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  ProcessResult result = index.Run({"read-tree", commit});
  if (result.ExitedWith(0)) {
    result = index.Run({"checkout-index", "--all", "--force",
                        "--prefix=" + folder.string() + "/"});
  }
  if (result.ExitedWith(0)) return std::nullopt;
  Problem problem = GitProblem("the new files could not be written", result);
  problem.where = folder.string();
  return problem;
}

std::optional<Problem> MergeCommits(const GitCheckout& git,
                                    const Branch& branch,
                                    const Commits& commits,
                                    const std::set<std::string>& owned,
                                    std::string& commit) {
  commit = commits.theirs;
  if (commits.base == branch.head) return std::nullopt;
  const ScratchIndex index(git, "index.merge");
  Changes mine;
  Changes theirs;
  ProcessResult result = FindChanges(git, commits.base, branch.head, mine);
  if (result.ExitedWith(0)) {
    result = FindChanges(git, commits.base, commits.theirs, theirs);
  }
  if (result.ExitedWith(0)) {
    result = Overlay(index, commits.theirs, mine, theirs, owned);
  }
  if (result.ExitedWith(0)) result = index.Run({"write-tree"});
  if (result.ExitedWith(0)) {
    const std::string tree(TrimSpace(result.output));
    result =
        git.Run({"commit-tree", tree, "-p", branch.head, "-p", commits.theirs,
                 "-m", "Merge " + branch.upstream + " (./workbook update)"});
    commit = TrimSpace(result.output);
  }
  if (result.ExitedWith(0)) return std::nullopt;
  return GitProblem("your commits could not be merged with the new ones",
                    result);
}

}  // namespace workbook::cli
