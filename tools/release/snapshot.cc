// SPDX-License-Identifier: Apache-2.0

#include "tools/release/snapshot.h"

#include <algorithm>
#include <charconv>

#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

// git in one folder, with an index of its own.
class Git {
 public:
  Git(fs::path folder, fs::path index)
      : folder_(std::move(folder)), index_(std::move(index)) {}

  ProcessResult Run(std::vector<std::string> arguments,
                    bool own_index = false) const {
    arguments.insert(arguments.begin(), {"git", "-c", "core.autocrlf=false",
                                         "-c", "core.quotePath=false"});
    ProcessOptions options;
    options.working_directory = folder_.string();
    options.output_limit_bytes = std::size_t{64} << 20;
    options.unset = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
                     "GIT_PREFIX"};
    if (own_index) {
      options.environment = {{"GIT_INDEX_FILE", index_.string()}};
    }
    return RunProcess(arguments, options);
  }

 private:
  fs::path folder_;
  fs::path index_;
};

// What git said, in one line.
std::string Reason(const ProcessResult& result) {
  if (!result.Started()) return result.start_error;
  const auto lines = SplitLines(TrimSpace(result.errors));
  return lines.empty() ? DescribeEnd(result) : std::string(lines.back());
}

// Those below `prefix` ("" or "a/b/"), without it.
std::vector<std::string> Below(const std::string& prefix,
                               const std::vector<std::string>& files) {
  std::vector<std::string> below;
  for (const std::string& file : files) {
    if (file.starts_with(prefix)) below.push_back(file.substr(prefix.size()));
  }
  std::sort(below.begin(), below.end());
  return below;
}

SnapshotResult Failure(const std::string& what, const fs::path& where,
                       const std::string& next) {
  SnapshotResult result;
  result.problem = {what, where.string(), next};
  return result;
}

SnapshotResult WriteTree(const Git& git, const fs::path& folder,
                         Snapshot snapshot, const std::string& prefix) {
  const fs::path tree = folder / "tree";
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"read-tree", "HEAD"},
           {"checkout-index", "--all", "--prefix=" + tree.string() + "/"}}) {
    const ProcessResult run = git.Run(arguments, true);
    if (!run.ExitedWith(0)) {
      return Failure("git could not write the commit's files: " + Reason(run),
                     folder, "df -h shows whether the disk is full.");
    }
  }
  snapshot.root = tree / prefix;
  return {std::move(snapshot), {}};
}

}  // namespace

SnapshotResult TakeSnapshot(const fs::path& root, const fs::path& folder) {
  const Git here(root, folder / "index");
  const ProcessResult top = here.Run({"rev-parse", "--show-toplevel"});
  if (!top.Started()) {
    return Failure("git did not start: " + top.start_error, "git on PATH",
                   "./workbook setup installs it.");
  }
  const ProcessResult head = here.Run({"log", "-1", "--format=%H %ct"});
  if (!top.ExitedWith(0) || !head.ExitedWith(0)) {
    return Failure("a release is made of a commit, and there is none: " +
                       Reason(top.ExitedWith(0) ? head : top),
                   root, "Clone the course with git, or commit it first.");
  }
  Snapshot snapshot;
  const std::string said(TrimSpace(head.output));
  snapshot.commit = said.substr(0, said.find(' '));
  std::from_chars(said.data() + snapshot.commit.size() + 1,
                  said.data() + said.size(), snapshot.time_s);
  const std::string prefix(
      TrimSpace(here.Run({"rev-parse", "--show-prefix"}).output));
  const Git git(std::string(TrimSpace(top.output)), folder / "index");
  const ProcessResult files =
      git.Run({"ls-tree", "-r", "-z", "--name-only", "HEAD"});
  const ProcessResult changed =
      git.Run({"diff", "-z", "--name-only", "--no-ext-diff", "HEAD"});
  if (!files.ExitedWith(0) || !changed.ExitedWith(0)) {
    return Failure("git does not list the commit's files: " +
                       Reason(files.ExitedWith(0) ? changed : files),
                   root, "git status shows more.");
  }
  snapshot.files = Below(prefix, PiecesEndedBy('\0', files.output));
  snapshot.changed = Below(prefix, PiecesEndedBy('\0', changed.output));
  return WriteTree(git, folder, std::move(snapshot), prefix);
}

}  // namespace workbook::release
