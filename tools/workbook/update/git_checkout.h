// What an update asks of git. Nothing here touches the working tree.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_CHECKOUT_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_CHECKOUT_H_

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/process/process.h"
#include "tools/workbook/problem.h"

namespace workbook::cli {

// The branch that is checked out and the one that it follows.
struct Branch {
  std::string ref;       // "refs/heads/main"
  std::string head;      // commit
  std::string upstream;  // "origin/main"
  std::string remote;    // "origin"; "." is this repository
};

// Commits of one update.
struct Commits {
  std::string base;     // what both sides come from
  std::string theirs;   // upstream's
  bool merged = false;  // the branch has upstream's already, by a git pull
};

class GitCheckout {
 public:
  // `root` is the checkout's root; `scratch` a folder for index files.
  GitCheckout(std::filesystem::path root, std::filesystem::path scratch);

  // Checks that the checkout can be updated, and names its branch. Problems:
  // no git, no checkout, no branch, nothing that it follows, a merge or rebase
  // that is not finished, a file that is staged in part.
  std::optional<Problem> Inspect(Branch& branch) const;

  // Problems: the remote cannot be reached.
  std::optional<Problem> Fetch(const Branch& branch) const;

  // After a git pull the base is `told`, the commit that the learner was last
  // told of, or else where the branch was before the pull; it may be "".
  // Problems: no commit in common.
  std::optional<Problem> Compare(const Branch& branch, const std::string& told,
                                 Commits& commits) const;

  // Writes the files of a commit to a folder.
  std::optional<Problem> WriteOut(const std::string& commit,
                                  const std::filesystem::path& folder) const;

  // The commit that the branch gets: upstream's, or a merge of it with the
  // learner's commits, in which files of `owned` are as he committed them, and
  // others are upstream's where upstream changed them.
  std::optional<Problem> Merge(const Branch& branch, const Commits& commits,
                               const std::set<std::string>& owned,
                               std::string& commit) const;

  // Moves the branch from one commit to the other, and the index with it. Done
  // twice it does no more than once.
  std::optional<Problem> Advance(const std::string& ref,
                                 const std::string& from,
                                 const std::string& to) const;

 private:
  struct Changes;
  ProcessResult Git(std::vector<std::string> arguments,
                    const std::string& index = "") const;
  std::string Line(std::vector<std::string> arguments) const;
  Changes ChangesBetween(const std::string& from, const std::string& to) const;

  std::filesystem::path root_;
  std::filesystem::path scratch_;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_GIT_CHECKOUT_H_
