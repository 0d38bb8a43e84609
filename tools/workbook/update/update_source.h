// SPDX-License-Identifier: Apache-2.0

// Where a new course comes from: the branch that the checkout follows, or a
// folder with a release.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_SOURCE_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_SOURCE_H_

#include <filesystem>
#include <optional>
#include <string>

#include "tools/problem/problem.h"
#include "tools/workbook/update/git_branch.h"
#include "tools/workbook/update/git_commits.h"
#include "tools/workbook/update/pending_update.h"

namespace workbook::cli {

struct UpdateSource {
  std::string name;  // "origin/main", or the folder
  // git only: its commits, and where the branch is.
  Branch branch;
  Commits commits;

  bool IsGit() const { return !branch.ref.empty(); }
};

// Each fills theirs/ and base/ of `pending`, which is empty.
// On failure: the Problem; nothing but `pending` was written.
std::optional<Problem> TakeFromGit(const std::filesystem::path& root,
                                   const PendingUpdate& pending,
                                   UpdateSource& source);
std::optional<Problem> TakeFromFolder(const std::filesystem::path& root,
                                      const std::filesystem::path& folder,
                                      const PendingUpdate& pending,
                                      UpdateSource& source);

// The last commit that the learner was told of.
std::filesystem::path ToldCommit(const std::filesystem::path& root);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_UPDATE_SOURCE_H_
