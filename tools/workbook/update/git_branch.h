// SPDX-License-Identifier: Apache-2.0

// The branch that an update moves: found, fetched for, and moved. The files of
// the working tree are never touched here.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_BRANCH_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_BRANCH_H_

#include <optional>
#include <string>

#include "tools/problem/problem.h"
#include "tools/workbook/update/git_checkout.h"

namespace workbook::cli {

// The branch that is checked out and the one that it follows.
struct Branch {
  std::string ref;       // "refs/heads/main"
  std::string head;      // commit
  std::string upstream;  // "origin/main"
  std::string remote;    // "origin"; "." is this repository
};

// Checks that the checkout can be updated, and names its branch. Fetches where
// the branch follows one that was never fetched.
// Cost: about ten short git processes.
// On failure: the Problem; `branch` is filled in part. Problems: no git, no
// checkout, no branch, nothing that it follows, a merge or rebase that is not
// finished, a file that is staged in part.
std::optional<Problem> FindBranch(const GitCheckout& git, Branch& branch);

// Fetches what the remote of the branch has; nothing where that is this
// repository.
// On failure: the Problem that the remote cannot be reached.
std::optional<Problem> FetchUpstream(const GitCheckout& git,
                                     const Branch& branch);

// Moves the branch `ref` from one commit to the other, and the index with it.
// Done twice it does no more than once, so a killed update can repeat it.
// On failure: the Problem; a branch that is at neither commit stays where it
// is.
std::optional<Problem> AdvanceBranch(const GitCheckout& git,
                                     const std::string& ref,
                                     const std::string& from,
                                     const std::string& to);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_BRANCH_H_
