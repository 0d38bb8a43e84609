// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/pristine.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

struct ResetOptions {
  std::string exercise;
  int task = 0;  // 0 is every task
  bool yes = false;
};

namespace fs = std::filesystem;

struct PlannedFile {
  fs::path path;  // relative to the root
  std::string text;
  bool changed = false;
};

struct ResetPlan {
  std::vector<PlannedFile> files;
  std::optional<Problem> problem;
};

// The pristine form of every file, before any is touched.
ResetPlan MakePlan(const Session& session, const Exercise& exercise,
                   int only_task) {
  ResetPlan plan;
  for (const Task& task : exercise.tasks) {
    if (only_task != 0 && task.number != only_task) continue;
    for (const std::string& file : task.files) {
      PristineFile pristine = ReadPristine(session.root(), exercise, file);
      if (!pristine.text) {
        plan.problem = Problem{
            .what = "the pristine file cannot be made: " + pristine.message,
            .where = pristine.source.string(),
            .next = "git log -- " + (exercise.folder / file).string() +
                    " shows its history; git checkout brings a version back."};
        return plan;
      }
      const fs::path path = exercise.folder / file;
      const bool changed =
          ReadTextFile(session.root() / path) != *pristine.text;
      plan.files.push_back({path, *std::move(pristine.text), changed});
    }
  }
  return plan;
}

std::optional<Problem> KeepBackup(const Session& session, const ResetPlan& plan,
                                  const fs::path& backup) {
  for (const PlannedFile& file : plan.files) {
    const auto text = ReadTextFile(session.root() / file.path);
    if (!file.changed || !text) continue;
    if (auto problem =
            WriteTextFile(session.root() / backup / file.path, *text)) {
      return problem;
    }
  }
  return std::nullopt;
}

// A folder of its own, even for two resets in one second.
fs::path BackupFolder(const Session& session, const std::string& id) {
  const std::string name = fmt::format("{}-{}", id, UtcNow());
  fs::path folder = fs::path(".workbook") / "backups" / name;
  std::error_code ignored;
  for (int i = 2; fs::exists(session.root() / folder, ignored); ++i) {
    folder = fs::path(".workbook") / "backups" / fmt::format("{}-{}", name, i);
  }
  return folder;
}

// "Task 4 of ", or "" for the whole exercise.
std::string TaskOf(int task) {
  return task == 0 ? "" : fmt::format("Task {} of ", task);
}

int Refuse(const Session& session, const Exercise& exercise) {
  Problem problem{.what = "nothing was reset",
                  .where = exercise.folder.string(),
                  .next = "Answer y to go on.",
                  .exit_code = kExitRefused};
  if (!session.terminal().interactive()) {
    problem.what += ": there is no terminal to ask on";
    problem.next = "Add --yes.";
  }
  return Report(problem);
}

int Apply(Session& session, const Exercise& exercise, const ResetPlan& plan,
          int only_task) {
  const fs::path backup = BackupFolder(session, exercise.id);
  if (auto problem = KeepBackup(session, plan, backup)) {
    problem->what += "; nothing was reset";
    return Report(*problem);
  }
  for (const PlannedFile& file : plan.files) {
    if (!file.changed) continue;
    if (auto problem = WriteTextFile(session.root() / file.path, file.text)) {
      problem->next += " Your files are safe in " + backup.string() + ".";
      return Report(*problem);
    }
  }
  fmt::print(
      "{}{} is as it was at the beginning. Your files are in {}.\n"
      "  back   cp -r {}/exercises .\n"
      "  go on  ./workbook check {}\n",
      TaskOf(only_task), exercise.id, backup.string(), backup.string(),
      exercise.id);
  return kExitOk;
}

int RunReset(Session& session, const ResetOptions& options) {
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  if (options.task < 0 ||
      options.task > static_cast<int>(exercise.tasks.size())) {
    return Report(
        {.what = fmt::format("{} has no task {}", exercise.id, options.task),
         .where = exercise.manifest.string(),
         .next = fmt::format("Its tasks are 1 to {}.", exercise.tasks.size()),
         .exit_code = kExitUsage});
  }
  const ResetPlan plan = MakePlan(session, exercise, options.task);
  if (plan.problem) return Report(*plan.problem);
  std::string changed;
  for (const PlannedFile& file : plan.files) {
    if (file.changed) changed += "  " + file.path.string() + "\n";
  }
  if (changed.empty()) {
    fmt::print("{}{} is as it was at the beginning; nothing to reset.\n",
               TaskOf(options.task), exercise.id);
    return kExitOk;
  }
  fmt::print("These files go back to their beginning, after a backup:\n{}",
             changed);
  if (!options.yes && !session.terminal().Confirm("Reset them?")) {
    return Refuse(session, exercise);
  }
  return Apply(session, exercise, plan, options.task);
}

}  // namespace

void RegisterReset(CommandLine& line) {
  const auto options = std::make_shared<ResetOptions>();
  line.Add("reset", "Bring the stubs back; keeps a backup",
           [options](Session& s) { return RunReset(s, *options); })
      .Required("exercise", options->exercise, "NN_MM")
      .Option("--task", options->task, "Only this task's files")
      .Flag("--yes", options->yes, "Do not ask")
      .Examples({"reset 01_02", "reset 01_02 --task 2 --yes"})
      .ExitCodes({{kExitRefused, "the question was not answered with yes"}});
}

}  // namespace workbook::cli
