// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>

#include "fmt/format.h"
#include "tools/authoring/stub/stub.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {
namespace {

struct SolutionOptions {
  std::string exercise;
  std::string part;  // a file, or a task whose files are listed; "" for all
  bool anyway = false;
};

namespace fs = std::filesystem;

// Of one task, or of all for 0.
std::vector<std::string> Files(const Exercise& exercise, int only_task) {
  std::vector<std::string> files;
  for (const Task& task : exercise.tasks) {
    if (only_task != 0 && task.number != only_task) continue;
    files.insert(files.end(), task.files.begin(), task.files.end());
  }
  return files;
}

// The task that `part` names, or whose file it is; 0 for neither.
int TaskOf(const Exercise& exercise, const std::string& part) {
  if (const int number = TaskNumber(part); number != 0) return number;
  for (const Task& task : exercise.tasks) {
    if (std::find(task.files.begin(), task.files.end(), part) !=
        task.files.end()) {
      return task.number;
    }
  }
  return 0;
}

Problem NotGreen(const Exercise& exercise, int task) {
  return {
      .what = fmt::format("task {} of {} is not green yet", task, exercise.id),
      .where = fmt::format("./workbook check {} {}", exercise.id, task),
      .next = fmt::format("./workbook hint {0} {1} gives a nudge; to look "
                          "all the same: ./workbook solution {0} {1} "
                          "--anyway",
                          exercise.id, task),
      .exit_code = kExitRefused};
}

Problem NotSolved(const Session& session, const Exercise& exercise) {
  return {.what = fmt::format(
              "{} is not solved yet: {} were green when last checked",
              exercise.id, session.CoreText(exercise)),
          .where = "./workbook check " + exercise.id,
          .next = fmt::format("{1}./workbook hint {0} gives a nudge; to look "
                              "all the same: ./workbook solution {0} --anyway",
                              exercise.id,
                              OfferGreenTask(session, exercise, "solution")),
          .exit_code = kExitRefused};
}

void PrintFiles(const Session& session, const Exercise& exercise, int task) {
  if (task == 0) {
    fmt::print("The reference of {} {}:\n", exercise.id, exercise.title);
  } else {
    fmt::print("The reference of {} task {}, {}:\n", exercise.id, task,
               exercise.tasks[static_cast<size_t>(task - 1)].title);
  }
  for (const std::string& file : Files(exercise, task)) {
    std::error_code ignored;
    if (!fs::exists(session.root() / exercise.solution_folder / file,
                    ignored)) {
      continue;
    }
    fmt::print("  ./workbook solution {} {}\n", exercise.id, file);
  }
  const fs::path notes = exercise.solution_folder / "NOTES.md";
  std::error_code ignored;
  if (fs::exists(session.root() / notes, ignored)) {
    fmt::print("Why it is so, and what else was measured: {}\n",
               notes.string());
  }
}

int PrintFile(const Session& session, const Exercise& exercise,
              const std::string& file) {
  const auto files = Files(exercise, 0);
  if (std::find(files.begin(), files.end(), file) == files.end()) {
    return Report(
        {.what = fmt::format("{} is not a file of {}", file, exercise.id),
         .where = exercise.manifest.string(),
         .next = fmt::format("./workbook solution {} lists them.", exercise.id),
         .exit_code = kExitUsage});
  }
  const fs::path source = session.root() / exercise.solution_folder / file;
  const StubResult clean = CleanReference(source);
  if (!clean.ok) {
    return Report({.what = "the reference cannot be shown: " + clean.message,
                   .where = source.string(),
                   .next = "In a checkout, git status shows what is missing."});
  }
  fmt::print("{}", clean.text);
  return kExitOk;
}

int RunSolution(Session& session, const SolutionOptions& options) {
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  const int task = TaskOf(exercise, options.part);
  if (task < 0 || task > static_cast<int>(exercise.tasks.size())) {
    return Report(NoSuchTask(exercise, options.part, "solution"));
  }
  if (!session.MayCompare(exercise, task) && !options.anyway) {
    return Report(task == 0 ? NotSolved(session, exercise)
                            : NotGreen(exercise, task));
  }
  if (!HasReference(session.root(), exercise)) {
    return Report({.what = "this copy of the workbook comes without solutions",
                   .where = exercise.solution_folder.string(),
                   .next = "Ask your instructor for the reference."});
  }
  if (!options.part.empty() && TaskNumber(options.part) == 0) {
    return PrintFile(session, exercise, options.part);
  }
  PrintFiles(session, exercise, task);
  return kExitOk;
}

}  // namespace

void RegisterSolution(CommandLine& line) {
  const auto options = std::make_shared<SolutionOptions>();
  line.Add("solution", "The reference, once it is green",
           [options](Session& s) { return RunSolution(s, *options); })
      .Required("exercise", options->exercise, "NN_MM")
      .Option("part", options->part, "A task, or one of its files")
      .Flag("--anyway", options->anyway, "Before it is green")
      .Examples(
          {"solution 01_02", "solution 01_02 3", "solution 01_02 --anyway"})
      .ExitCodes({{kExitRefused, "the task is not green yet"}});
}

}  // namespace workbook::cli
