#include "tools/workbook/update/git_checkout.h"

#include <chrono>
#include <map>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFromFolder =
    "A copy that is no git checkout: ./workbook update --from DIR, the folder "
    "of the new one.";

// The line that says most of why git failed.
std::string Reason(const ProcessResult& result) {
  if (!result.Started()) return result.start_error;
  std::string last;
  for (const std::string_view line : SplitLines(result.errors)) {
    if (line.starts_with("fatal:") || line.starts_with("error:")) {
      return std::string(TrimSpace(line));
    }
    if (!TrimSpace(line).empty()) last = TrimSpace(line);
  }
  return last.empty() ? DescribeEnd(result) : last;
}

Problem GitProblem(const std::string& what, const ProcessResult& result) {
  Problem problem{.what = what + ": " + Reason(result),
                  .where = "git",
                  .next = "Nothing was changed. Mend that, then update again."};
  if (result.errors.find("No space left") != std::string::npos) {
    problem.next =
        "Nothing was changed. Free some space (df -h), then update again.";
  }
  return problem;
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

}  // namespace

// What a commit has in the place of another: "100644 blob", "" where it has
// nothing.
struct GitCheckout::Changes {
  std::map<std::string, std::string> entries;  // by path
};

GitCheckout::GitCheckout(fs::path root, fs::path scratch)
    : root_(std::move(root)), scratch_(std::move(scratch)) {}

ProcessResult GitCheckout::Git(std::vector<std::string> arguments,
                               const std::string& index) const {
  arguments.insert(arguments.begin(),
                   {"git", "--no-pager", "--literal-pathspecs"});
  ProcessOptions options;
  options.working_directory = root_.string();
  options.unset = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"};
  // Its words are read, and it must never wait for a password.
  options.environment = {{"LC_ALL", "C"},
                         {"GIT_TERMINAL_PROMPT", "0"},
                         {"GIT_OPTIONAL_LOCKS", "0"}};
  if (!index.empty()) {
    options.environment.emplace_back("GIT_INDEX_FILE",
                                     (scratch_ / index).string());
  }
  options.timeout = std::chrono::minutes(5);
  options.output_limit_bytes = size_t{64} << 20;
  return RunProcess(arguments, options);
}

std::string GitCheckout::Line(std::vector<std::string> arguments) const {
  const ProcessResult result = Git(std::move(arguments));
  return result.ExitedWith(0) ? std::string(TrimSpace(result.output)) : "";
}

std::optional<Problem> GitCheckout::Inspect(Branch& branch) const {
  const ProcessResult top = Git({"rev-parse", "--show-toplevel"});
  if (!top.Started()) {
    return Problem{
        .what = "git did not start: " + top.start_error,
        .where = "git on PATH",
        .next = std::string("./workbook setup installs it. ") + kFromFolder};
  }
  std::error_code error;
  if (!top.ExitedWith(0) ||
      !fs::equivalent(std::string(TrimSpace(top.output)), root_, error)) {
    return Problem{.what = "this copy of the course is not a git checkout",
                   .where = root_.string(),
                   .next =
                       "./workbook update --from DIR, the folder of the "
                       "new copy.",
                   .exit_code = kExitUsage};
  }
  const std::string unfinished =
      Unfinished(Line({"rev-parse", "--absolute-git-dir"}));
  if (!unfinished.empty()) {
    return Problem{.what = "a " + unfinished + " is not finished here",
                   .where = root_.string(),
                   .next = fmt::format("Finish it, or: git {} --abort; then "
                                       "update again.",
                                       unfinished),
                   .exit_code = kExitRefused};
  }
  branch.ref = Line({"symbolic-ref", "-q", "HEAD"});
  branch.head = Line({"rev-parse", "-q", "--verify", "HEAD^{commit}"});
  if (branch.ref.empty() || branch.head.empty()) {
    return Problem{.what = "no branch is checked out (HEAD is detached)",
                   .where = "git status",
                   .next =
                       "git switch main (your edits come along), then "
                       "update again.",
                   .exit_code = kExitRefused};
  }
  const std::string name = branch.ref.substr(std::string("refs/heads/").size());
  branch.upstream = Line({"rev-parse", "--abbrev-ref", "@{upstream}"});
  branch.remote = Line({"config", "--get", "branch." + name + ".remote"});
  if (branch.upstream.empty() && !branch.remote.empty()) {
    // It follows a branch that was never fetched, or is gone.
    if (auto problem = Fetch(branch)) return problem;
    branch.upstream = Line({"rev-parse", "--abbrev-ref", "@{upstream}"});
  }
  if (branch.upstream.empty()) {
    return Problem{
        .what = "the branch " + name + " follows no other one",
        .where = "git branch -vv",
        .next = "git branch --set-upstream-to=origin/main; then update again.",
        .exit_code = kExitRefused};
  }
  const std::string staged =
      Line({"diff", "--cached", "--name-only", "--no-renames"});
  const std::string unstaged = Line({"diff", "--name-only", "--no-renames"});
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

std::optional<Problem> GitCheckout::Fetch(const Branch& branch) const {
  if (branch.remote == ".") return std::nullopt;
  const ProcessResult result = Git({"fetch", "--quiet", branch.remote});
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

std::optional<Problem> GitCheckout::Compare(const Branch& branch,
                                            const std::string& told,
                                            Commits& commits) const {
  commits.theirs =
      Line({"rev-parse", "-q", "--verify", branch.upstream + "^{commit}"});
  commits.base = Line({"merge-base", branch.head, commits.theirs});
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
      Line({"rev-parse", "-q", "--verify", before + "^{commit}"});
  commits.base =
      known.empty() ? "" : Line({"merge-base", known, commits.theirs});
  return std::nullopt;
}

std::optional<Problem> GitCheckout::WriteOut(const std::string& commit,
                                             const fs::path& folder) const {
  const std::string index = "index.written-out";
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  ProcessResult result = Git({"read-tree", commit}, index);
  if (result.ExitedWith(0)) {
    result = Git({"checkout-index", "--all", "--force",
                  "--prefix=" + folder.string() + "/"},
                 index);
  }
  fs::remove(scratch_ / index, ignored);
  if (result.ExitedWith(0)) return std::nullopt;
  Problem problem = GitProblem("the new files could not be written", result);
  problem.where = folder.string();
  return problem;
}

GitCheckout::Changes GitCheckout::ChangesBetween(const std::string& from,
                                                 const std::string& to) const {
  // ":100644 100644 BLOB BLOB M" and the path, each ended by a zero byte.
  Changes changes;
  const auto pieces = PiecesEndedBy(
      '\0', Git({"diff-tree", "-r", "-z", "--no-renames", from, to}).output);
  for (size_t i = 0; i + 1 < pieces.size(); i += 2) {
    const auto words = PiecesEndedBy(' ', pieces[i] + ' ');
    if (words.size() < 5) continue;
    changes.entries[pieces[i + 1]] =
        words[4] == "D" ? "" : words[1] + "," + words[3];
  }
  return changes;
}

std::optional<Problem> GitCheckout::Merge(const Branch& branch,
                                          const Commits& commits,
                                          const std::set<std::string>& owned,
                                          std::string& commit) const {
  commit = commits.theirs;
  if (commits.base == branch.head) return std::nullopt;
  const Changes mine = ChangesBetween(commits.base, branch.head);
  const Changes theirs = ChangesBetween(commits.base, commits.theirs);
  const std::string index = "index.merge";
  ProcessResult result = Git({"read-tree", commits.theirs}, index);
  for (const auto& [path, entry] : mine.entries) {
    if (!result.ExitedWith(0)) break;
    if (theirs.entries.contains(path) && !owned.contains(path)) continue;
    if (entry.empty()) {
      result = Git({"update-index", "--force-remove", "--", path}, index);
    } else {
      result = Git({"update-index", "--add", "--cacheinfo", entry + "," + path},
                   index);
    }
  }
  std::string tree;
  if (result.ExitedWith(0)) {
    result = Git({"write-tree"}, index);
    tree = TrimSpace(result.output);
  }
  if (result.ExitedWith(0)) {
    result = Git({"commit-tree", tree, "-p", branch.head, "-p", commits.theirs,
                  "-m", "Merge " + branch.upstream + " (./workbook update)"});
    commit = TrimSpace(result.output);
  }
  std::error_code ignored;
  fs::remove(scratch_ / index, ignored);
  if (result.ExitedWith(0)) return std::nullopt;
  return GitProblem("your commits could not be merged with the new ones",
                    result);
}

std::optional<Problem> GitCheckout::Advance(const std::string& ref,
                                            const std::string& from,
                                            const std::string& to) const {
  if (Line({"rev-parse", "-q", "--verify", ref}) != to) {
    const ProcessResult moved =
        Git({"update-ref", "-m", "workbook update", ref, to, from});
    if (!moved.ExitedWith(0)) {
      Problem problem = GitProblem("the branch could not be moved", moved);
      problem.where = ref;
      problem.next = "The new files are in place. ./workbook update again.";
      return problem;
    }
  }
  const ProcessResult read = Git({"read-tree", to});
  if (!read.ExitedWith(0)) {
    Problem problem = GitProblem("git's index could not be written", read);
    problem.next =
        "End the git that is running, or remove the lock that one left "
        "(.git/index.lock), then ./workbook update again.";
    return problem;
  }
  Git({"update-index", "-q", "--refresh"});
  return std::nullopt;
}

}  // namespace workbook::cli
