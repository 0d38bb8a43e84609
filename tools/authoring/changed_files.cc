// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/changed_files.h"

#include <algorithm>

#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::size_t kOutputLimitBytes = std::size_t{64} << 20;

class Git {
 public:
  explicit Git(const std::filesystem::path& root) {
    options_.working_directory = root.string();
    options_.output_limit_bytes = kOutputLimitBytes;
    options_.environment.emplace_back("LC_ALL", "C");
  }

  ProcessResult Run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"git", "-c", "core.quotePath=false"});
    return RunProcess(arguments, options_);
  }

  // What it prints; "" where it fails.
  std::string Line(std::vector<std::string> arguments) const {
    const ProcessResult run = Run(std::move(arguments));
    return run.ExitedWith(0) ? std::string(TrimSpace(run.output)) : "";
  }

  // The commit that a name stands for; "" where there is none.
  std::string CommitOf(const std::string& name) const {
    if (name.starts_with('-')) return "";
    return Line({"rev-parse", "--verify", "--quiet", name + "^{commit}"});
  }

 private:
  ProcessOptions options_;
};

Problem NoSuchRevision(const std::string& revision) {
  return {.what = "git knows no revision " + revision,
          .where = "verify --changed",
          .next =
              "`git log --oneline` shows some; without one it is the place "
              "where this branch left main",
          .exit_code = kExitUsage};
}

struct Base {
  std::string name;
  std::string commit;
};

std::optional<Base> WhereTheBranchBegan(const Git& git) {
  for (const std::string name :
       {"upstream/main", "origin/main", "main", "@{upstream}"}) {
    if (git.CommitOf(name).empty()) continue;
    const std::string commit = git.Line({"merge-base", "HEAD", name});
    if (!commit.empty()) return Base{name, commit};
  }
  return std::nullopt;
}

ChangedFiles Failed(Problem problem) {
  ChangedFiles failed;
  failed.problem = std::move(problem);
  return failed;
}

}  // namespace

ChangedFiles FilesChangedSince(const std::filesystem::path& root,
                               const std::string& revision) {
  const Git git(root);
  if (!git.Line({"rev-parse", "--show-prefix"}).empty() ||
      git.Line({"rev-parse", "--is-inside-work-tree"}) != "true") {
    return Failed({.what = "this is not a git checkout",
                   .where = root.string(),
                   .next = "clone the repository, or name the exercises"});
  }
  std::optional<Base> base;
  if (revision.empty()) {
    base = WhereTheBranchBegan(git);
    if (!base) {
      return Failed({.what = "there is no main to compare with",
                     .where = root.string(),
                     .next = "name a revision: ./workbook verify --changed "
                             "HEAD~1"});
    }
  } else {
    base = Base{revision, git.CommitOf(revision)};
    if (base->commit.empty()) return Failed(NoSuchRevision(revision));
  }
  // Without renames: the old place of a file has changed, too.
  ProcessResult tracked =
      git.Run({"diff", "--name-only", "--no-renames", "-z", base->commit});
  ProcessResult untracked =
      git.Run({"ls-files", "--others", "--exclude-standard", "-z"});
  for (const ProcessResult* run : {&tracked, &untracked}) {
    if (run->ExitedWith(0)) continue;
    return Failed({.what = "git " + DescribeEnd(*run) + ": " +
                           std::string(TrimSpace(run->errors)),
                   .where = root.string(),
                   .next = "git status shows more"});
  }
  ChangedFiles changed;
  changed.base = base->name + ", at " + base->commit.substr(0, 7);
  changed.files = PiecesEndedBy('\0', tracked.output + untracked.output);
  std::sort(changed.files.begin(), changed.files.end());
  return changed;
}

}  // namespace workbook
