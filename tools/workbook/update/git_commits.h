// SPDX-License-Identifier: Apache-2.0

// The commits of an update: found, written out as files, and merged. Neither
// the branch nor the working tree nor the index is touched here.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_COMMITS_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_COMMITS_H_

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "tools/problem/problem.h"
#include "tools/workbook/update/git_branch.h"
#include "tools/workbook/update/git_checkout.h"

namespace workbook::cli {

struct Commits {
  std::string base;     // what both sides come from
  std::string theirs;   // upstream's
  bool merged = false;  // the branch has upstream's already, by a git pull
};

// After a git pull the base is `told`, the commit that the learner was last
// told of, or else where the branch was before the pull; it may be "".
// REQUIRES: FindBranch filled `branch`.
// On failure: the Problem that there is no commit in common.
std::optional<Problem> FindCommits(const GitCheckout& git, const Branch& branch,
                                   const std::string& told, Commits& commits);

// Writes the files of a commit to a folder.
// Cost: two git processes, and the bytes of all files.
// On failure: the Problem; some of the files may be there.
std::optional<Problem> WriteOutCommit(const GitCheckout& git,
                                      const std::string& commit,
                                      const std::filesystem::path& folder);

// The commit that the branch gets: upstream's, or a merge of it with the
// learner's commits, in which files of `owned` are as he committed them, and
// others are upstream's where upstream changed them.
// REQUIRES: FindCommits filled `commits`, and its base is not "".
// Cost: a git process for each file that the learner's commits changed.
// On failure: the Problem; `commit` means nothing.
std::optional<Problem> MergeCommits(const GitCheckout& git,
                                    const Branch& branch,
                                    const Commits& commits,
                                    const std::set<std::string>& owned,
                                    std::string& commit);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_COMMITS_H_
