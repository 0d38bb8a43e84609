// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/pending_update.h"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "nlohmann/json.hpp"
#include "tools/text/text_file.h"
#include "tools/workbook/update/course_files.h"
#include "tools/workbook/update/git_branch.h"
#include "tools/workbook/update/git_checkout.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// The copies are on the disk before the journal says that they are.
void SyncFileSystem(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::syncfs(descriptor);
  ::close(descriptor);
}

// Folders that a removed file leaves empty.
void RemoveEmptyFolders(const fs::path& root, fs::path folder) {
  std::error_code error;
  while (folder != root && fs::is_empty(folder, error) && !error) {
    fs::remove(folder, error);
    folder = folder.parent_path();
  }
}

bool ComesFromUpstream(FileAction action) {
  return action == FileAction::kWrite || action == FileAction::kReplace;
}

}  // namespace

fs::path OldStub(const std::string& path) {
  return fs::path(".workbook/stubs/old") / path;
}

fs::path NewStub(const std::string& path) {
  return fs::path(".workbook/stubs/new") / path;
}

fs::path LastRelease(const fs::path& root) {
  return root / ".workbook" / "release";
}

PendingUpdate::PendingUpdate(fs::path root, std::function<void()> on_step)
    : root_(std::move(root)),
      folder_(root_ / ".workbook" / "update"),
      on_step_(std::move(on_step)) {}

bool PendingUpdate::Begun() const {
  std::error_code ignored;
  return fs::exists(folder_ / "journal", ignored);
}

std::optional<Problem> PendingUpdate::Clear() const {
  std::error_code error;
  fs::remove_all(folder_, error);
  if (error) return WriteProblem(folder_, error);
  fs::create_directories(folder_, error);
  if (error) return WriteProblem(folder_, error);
  return std::nullopt;
}

OwnedFiles PendingUpdate::OwnedPaths() const {
  OwnedFiles all;
  for (const fs::path& tree : {root_, theirs(), base()}) {
    OwnedFiles owned = ListOwnedFiles(tree);
    if (owned.problem) return owned;
    all.paths.merge(owned.paths);
  }
  return all;
}

PendingUpdate::Planned PendingUpdate::Plan() const {
  OwnedFiles owned = OwnedPaths();
  if (owned.problem) return {{}, owned.problem};
  UpdateTrees trees{.mine = root_,
                    .theirs = theirs(),
                    .base = std::nullopt,
                    .owned = std::move(owned.paths)};
  std::error_code ignored;
  if (fs::exists(base(), ignored)) trees.base = base();
  return {PlanUpdate(trees), std::nullopt};
}

std::optional<Problem> PendingUpdate::Begin(
    const std::vector<FileUpdate>& plan, const UpdateJournal& journal) const {
  for (const FileUpdate& file : plan) {
    if (!ComesFromUpstream(file.action)) continue;
    on_step_();
    if (auto problem =
            CopyContent(theirs() / file.path, folder_ / "new" / file.path)) {
      return problem;
    }
  }
  SyncFileSystem(root_);
  on_step_();
  const Json json = {{"version", 1},
                     {"source", journal.source},
                     {"backup", journal.backup},
                     {"ref", journal.ref},
                     {"from", journal.from},
                     {"to", journal.to}};
  return WriteTextFile(folder_ / "journal", json.dump(2) + "\n");
}

std::optional<Problem> PendingUpdate::ReadJournal(
    UpdateJournal& journal) const {
  const auto text = ReadTextFile(folder_ / "journal");
  const Json json = Json::parse(text.value_or(""), nullptr, false);
  if (json.is_object() && json.value("version", Json()) == 1) {
    try {
      journal = {.source = json.at("source"),
                 .backup = json.at("backup"),
                 .ref = json.at("ref"),
                 .from = json.at("from"),
                 .to = json.at("to")};
      return std::nullopt;
    } catch (const Json::exception&) {
    }
  }
  return Problem{
      .what = "an update was begun, and its journal cannot be read",
      .where = (folder_ / "journal").string(),
      .next =
          "Move .workbook/update away, then ./workbook update: it plans "
          "anew, and what is there already stays."};
}

std::optional<Problem> PendingUpdate::Place(const std::string& path) const {
  const fs::path staged = folder_ / "new" / path;
  std::error_code error;
  if (!fs::exists(fs::symlink_status(staged, error))) {
    if (auto problem = CopyContent(theirs() / path, staged)) return problem;
  }
  fs::create_directories((root_ / path).parent_path(), error);
  fs::rename(staged, root_ / path, error);
  if (error) return WriteProblem(root_ / path, error);
  return std::nullopt;
}

// The oldest stub stays: it is what the learner's file comes from until he has
// taken over the changes.
std::optional<Problem> PendingUpdate::LayBeside(const std::string& path) const {
  std::error_code ignored;
  if (fs::exists(base() / path, ignored) &&
      !fs::exists(root_ / OldStub(path), ignored)) {
    if (auto problem = CopyContent(base() / path, root_ / OldStub(path))) {
      return problem;
    }
  }
  return CopyContent(theirs() / path, root_ / NewStub(path));
}

std::optional<Problem> PendingUpdate::Apply(const FileUpdate& file,
                                            const fs::path& backup) const {
  std::error_code error;
  switch (file.action) {
    case FileAction::kNothing:
    case FileAction::kLeave:
      return std::nullopt;
    case FileAction::kWrite:
      return Place(file.path);
    case FileAction::kRemove:
      fs::remove(root_ / file.path, error);
      if (error) return WriteProblem(root_ / file.path, error);
      RemoveEmptyFolders(root_, (root_ / file.path).parent_path());
      return std::nullopt;
    case FileAction::kKeep:
      return LayBeside(file.path);
    case FileAction::kReplace:
    case FileAction::kRefuse:  // edited since; a begun update is finished
      if (auto problem = CopyContent(root_ / file.path, backup / file.path)) {
        return problem;
      }
      on_step_();
      return Place(file.path);
  }
  return std::nullopt;
}

std::optional<Problem> PendingUpdate::Settle(
    const UpdateJournal& journal) const {
  std::error_code error;
  if (!journal.ref.empty()) {
    on_step_();
    const GitCheckout git(root_, folder_);
    if (auto problem =
            AdvanceBranch(git, journal.ref, journal.from, journal.to)) {
      return problem;
    }
    on_step_();
    if (auto problem =
            WriteTextFile(root_ / ".workbook" / "updated", journal.to + "\n")) {
      return problem;
    }
  } else if (fs::exists(theirs(), error)) {
    on_step_();
    fs::remove_all(LastRelease(root_), error);
    on_step_();
    fs::rename(theirs(), LastRelease(root_), error);
    if (error) return WriteProblem(LastRelease(root_), error);
  }
  on_step_();
  fs::remove(folder_ / "journal", error);
  if (error) return WriteProblem(folder_ / "journal", error);
  on_step_();
  // What cannot be removed now is removed by the next Clear().
  fs::remove_all(folder_, error);
  return std::nullopt;
}

std::optional<Problem> PendingUpdate::Finish(Outcome& outcome) const {
  if (auto problem = ReadJournal(outcome.journal)) return problem;
  std::error_code ignored;
  // Only an end that was cut off itself has moved theirs/ away.
  if (fs::exists(theirs(), ignored)) {
    Planned planned = Plan();
    if (planned.problem) return planned.problem;
    outcome.files = std::move(planned.files);
  }
  for (const FileUpdate& file : outcome.files) {
    on_step_();
    if (auto problem = Apply(file, root_ / outcome.journal.backup)) {
      problem->next += " The update is begun: ./workbook update goes on.";
      return problem;
    }
  }
  return Settle(outcome.journal);
}

}  // namespace workbook::cli
