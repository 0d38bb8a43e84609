// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/update_source.h"

#include <system_error>

#include "tools/text/text_file.h"
#include "tools/workbook/update/course_files.h"
#include "tools/workbook/update/git_checkout.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

std::optional<Problem> CopyCourse(const fs::path& from, const fs::path& to) {
  for (const std::string& path : ListFiles(from)) {
    if (auto problem = CopyContent(from / path, to / path)) return problem;
  }
  return std::nullopt;
}

bool IsWithin(const fs::path& inner, const fs::path& outer) {
  const fs::path relative = inner.lexically_relative(outer);
  return !relative.empty() && *relative.begin() != "..";
}

std::optional<Problem> InspectFolder(const fs::path& root,
                                     const fs::path& folder) {
  std::error_code error;
  Problem problem{.what = {},
                  .where = folder.string(),
                  .next = {},
                  .exit_code = kExitUsage};
  if (fs::is_regular_file(folder, error)) {
    problem.what = "the new course is an archive, and not a folder";
    problem.next = "Unpack it (tar xf, unzip), then name the folder.";
    return problem;
  }
  if (!fs::exists(folder / "WORKSPACE", error) ||
      !fs::is_directory(folder / "exercises", error)) {
    problem.what = "there is no Memory Workbook in that folder";
    problem.next = "Name the folder that holds WORKSPACE and exercises/.";
    return problem;
  }
  const fs::path here = fs::canonical(root, error);
  const fs::path there = fs::canonical(folder, error);
  if (IsWithin(here, there) || IsWithin(there, here)) {
    problem.what = "the new course lies in this one, or this one in it";
    problem.next = "Move the new one to a folder of its own.";
    return problem;
  }
  return std::nullopt;
}

}  // namespace

fs::path ToldCommit(const fs::path& root) {
  return root / ".workbook" / "updated";
}

std::optional<Problem> TakeFromGit(const fs::path& root,
                                   const PendingUpdate& pending,
                                   UpdateSource& source) {
  const GitCheckout git(root, pending.folder());
  if (auto problem = FindBranch(git, source.branch)) return problem;
  source.name = source.branch.upstream;
  if (auto problem = FetchUpstream(git, source.branch)) return problem;
  const std::string told(
      TrimSpace(ReadTextFile(ToldCommit(root)).value_or("")));
  if (auto problem = FindCommits(git, source.branch, told, source.commits)) {
    return problem;
  }
  if (source.commits.base.empty()) source.commits.base = source.commits.theirs;
  if (auto problem =
          WriteOutCommit(git, source.commits.theirs, pending.theirs())) {
    return problem;
  }
  return WriteOutCommit(git, source.commits.base, pending.base());
}

std::optional<Problem> TakeFromFolder(const fs::path& root,
                                      const fs::path& folder,
                                      const PendingUpdate& pending,
                                      UpdateSource& source) {
  if (auto problem = InspectFolder(root, folder)) return problem;
  source.name = folder.string();
  if (auto problem = CopyCourse(folder, pending.theirs())) return problem;
  return CopyCourse(LastRelease(root), pending.base());
}

}  // namespace workbook::cli
