// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/file_lock.h"
#include "tools/workbook/update/git_checkout.h"
#include "tools/workbook/update/git_commits.h"
#include "tools/workbook/update/pending_update.h"
#include "tools/workbook/update/update_report.h"
#include "tools/workbook/update/update_source.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct UpdateOptions {
  std::string from;
  bool dry_run = false;
};

UpdateWords Words(const Session& session, const std::string& backup,
                  const fs::path& base, bool dry_run) {
  return {.backup = backup,
          .exercise = [&session](const std::string& id) -> std::string {
            const Exercise* exercise = session.course().Find(id);
            if (exercise == nullptr) return {};
            return fmt::format("{}, {} of {} tasks green", exercise->title,
                               session.progress().GreenTasks(id),
                               exercise->tasks.size());
          },
          .old_stub_known =
              [&session, base](const std::string& path) {
                std::error_code ignored;
                return fs::exists(base / path, ignored) ||
                       fs::exists(session.root() / OldStub(path), ignored);
              },
          .dry_run = dry_run};
}

// Nothing is half taken over: what the learner changed outside the exercises,
// and upstream changed too, stops the whole.
Problem RefuseEdits(const std::vector<std::string>& paths, bool git) {
  return {.what =
              "you and the update both changed files outside the "
              "exercises; nothing was updated",
          .where = fmt::format("{}", fmt::join(paths, ", ")),
          .next = git ? "git diff shows your edit. git checkout -- FILE drops "
                        "it; or commit, git pull, and merge it yourself."
                      : "Move your form away, then update again.",
          .exit_code = kExitRefused};
}

void SayItIsDone(const std::vector<FileUpdate>& plan) {
  fmt::print("Done. Your own sources are as they were.\n");
  bool command = false;
  for (const FileUpdate& file : plan) {
    command = command || file.path.starts_with("tools/");
  }
  if (command) {
    fmt::print("The command itself is new: the next start builds it.\n");
  }
  fmt::print("Next: ./workbook check\n");
}

// git pull has brought it: only told, and new stubs laid beside.
int TellOnly(Session& session, const PendingUpdate& pending,
             const std::vector<FileUpdate>& plan, const UpdateSource& source) {
  for (const std::string& path : PathsOf(plan, FileAction::kKeep)) {
    if (auto problem = pending.LayBeside(path)) return Report(*problem);
  }
  if (auto problem = WriteTextFile(ToldCommit(session.root()),
                                   source.commits.theirs + "\n")) {
    return Report(*problem);
  }
  if (auto problem = pending.Clear()) return Report(*problem);
  fmt::print("Nothing is left to do: your branch has it already.\n");
  return kExitOk;
}

int Apply(Session& session, const PendingUpdate& pending,
          const std::vector<FileUpdate>& plan, const UpdateSource& source,
          const std::string& backup) {
  UpdateJournal journal{
      .source = source.name, .backup = backup, .ref = {}, .from = {}, .to = {}};
  if (source.IsGit()) {
    journal.ref = source.branch.ref;
    journal.from = source.branch.head;
    const GitCheckout git(session.root(), pending.folder());
    const OwnedFiles owned = pending.OwnedPaths();
    if (owned.problem) return Report(*owned.problem);
    if (auto problem = MergeCommits(git, source.branch, source.commits,
                                    owned.paths, journal.to)) {
      return Report(*problem);
    }
  }
  if (auto problem = pending.Begin(plan, journal)) {
    problem->next += " Nothing was updated.";
    return Report(*problem);
  }
  PendingUpdate::Outcome outcome;
  if (auto problem = pending.Finish(outcome)) return Report(*problem);
  SayItIsDone(plan);
  return kExitOk;
}

int Update(Session& session, const PendingUpdate& pending,
           const UpdateOptions& options) {
  if (auto problem = pending.Clear()) return Report(*problem);
  UpdateSource source;
  {
    const Ticker ticker("fetching");
    if (auto problem = options.from.empty()
                           ? TakeFromGit(session.root(), pending, source)
                           : TakeFromFolder(session.root(), options.from,
                                            pending, source)) {
      return Report(*problem);
    }
  }
  PendingUpdate::Planned planned = pending.Plan();
  if (planned.problem) return Report(*planned.problem);
  const bool merged = source.IsGit() && source.commits.merged;
  for (FileUpdate& file : planned.files) {
    // git has merged the others in its own way.
    if (merged && file.action != FileAction::kKeep) {
      file.action = FileAction::kNothing;
    }
  }
  const std::string backup = ".workbook/backups/update-" + UtcNow();
  const std::string words = DescribeUpdate(
      planned.files, Words(session, backup, pending.base(), options.dry_run));
  if (words.empty() && (merged || !source.IsGit())) {
    fmt::print("Everything is up to date with {}.\n", source.name);
    return kExitOk;
  }
  fmt::print("From {}:\n{}", source.name, words);
  const auto refused = PathsOf(planned.files, FileAction::kRefuse);
  if (!refused.empty()) {
    return Report(RefuseEdits(refused, source.IsGit()));
  }
  if (options.dry_run) {
    fmt::print("Nothing was changed: that was a dry run.\n");
    return kExitOk;
  }
  if (merged) return TellOnly(session, pending, planned.files, source);
  return Apply(session, pending, planned.files, source, backup);
}

int RunUpdate(Session& session, const UpdateOptions& options) {
  std::error_code error;
  fs::create_directories(session.state_folder(), error);
  if (error) return Report(WriteProblem(session.state_folder(), error));
  const FileLock lock(session.state_folder() / "update.lock",
                      FileLock::If::kFree);
  if (!lock.held()) {
    return Report({.what = "another ./workbook update is running here",
                   .where = (session.state_folder() / "update.lock").string(),
                   .next = "Wait for its end, then update again."});
  }
  const PendingUpdate pending(session.root());
  if (pending.Begun()) {
    return Report({.what = "an update was begun and is not finished",
                   .where = pending.folder().string(),
                   .next = "./workbook update again goes on with it."});
  }
  const int code = Update(session, pending, options);
  // After a journal is written only Finish() may clear.
  if (!pending.Begun()) fs::remove_all(pending.folder(), error);
  return code;
}

}  // namespace

std::optional<Problem> FinishBegunUpdate(const fs::path& root) {
  const PendingUpdate pending(root);
  if (!pending.Begun()) return std::nullopt;
  const FileLock lock(root / ".workbook" / "update.lock", FileLock::If::kFree);
  // Its own process goes on with it.
  if (!lock.held() || !pending.Begun()) return std::nullopt;
  PendingUpdate::Outcome outcome;
  if (auto problem = pending.Finish(outcome)) return problem;
  fmt::print(stderr,
             "workbook: an update from {} had been cut off; it is finished "
             "now.\n",
             outcome.journal.source);
  for (const std::string& path : PathsOf(outcome.files, FileAction::kKeep)) {
    fmt::print(stderr, "  {} is yours and stays; its new stub: {}\n", path,
               NewStub(path).string());
  }
  return std::nullopt;
}

void RegisterUpdate(CommandLine& line) {
  const auto options = std::make_shared<UpdateOptions>();
  line.Add("update", "Bring the new course in; your own sources stay",
           [options](Session& s) { return RunUpdate(s, *options); })
      .Option("--from", options->from,
              "A folder with the new course, instead of git")
      .Flag("--dry-run", options->dry_run, "Only say what would change")
      .Examples({"update --dry-run", "update",
                 "update --from ~/Downloads/memory-workbook-2"})
      .ExitCodes(
          {{kExitRefused, "your files are in the way, or no was answered"}});
}

}  // namespace workbook::cli
