#include <algorithm>
#include <memory>

#include "fmt/format.h"
#include "tools/authoring/stub/stub.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {
namespace {

struct SolutionOptions {
  std::string exercise;
  std::string file;  // "" lists the files
  bool anyway = false;
};

namespace fs = std::filesystem;

std::vector<std::string> Files(const Exercise& exercise) {
  std::vector<std::string> files;
  for (const Task& task : exercise.tasks) {
    files.insert(files.end(), task.files.begin(), task.files.end());
  }
  return files;
}

Problem NotSolved(const Session& session, const Exercise& exercise) {
  return {.what = fmt::format(
              "{} is not solved yet: {} were green when last checked",
              exercise.id, session.CoreText(exercise)),
          .where = "./workbook check " + exercise.id,
          .next = fmt::format("./workbook hint {0} gives a nudge; to look all "
                              "the same: ./workbook solution {0} --anyway",
                              exercise.id),
          .exit_code = kExitRefused};
}

void PrintFiles(const Session& session, const Exercise& exercise) {
  fmt::print("The reference of {} {}:\n", exercise.id, exercise.title);
  for (const std::string& file : Files(exercise)) {
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
  const auto files = Files(exercise);
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
  if (!session.IsSolved(exercise.id) && !options.anyway) {
    return Report(NotSolved(session, exercise));
  }
  if (!HasReference(session.root(), exercise)) {
    return Report({.what = "this copy of the workbook comes without solutions",
                   .where = exercise.solution_folder.string(),
                   .next = "Ask your instructor for the reference."});
  }
  if (!options.file.empty()) return PrintFile(session, exercise, options.file);
  PrintFiles(session, exercise);
  return kExitOk;
}

}  // namespace

void RegisterSolution(CommandLine& line) {
  const auto options = std::make_shared<SolutionOptions>();
  line.Add("solution", "The reference, once you have solved it",
           [options](Session& s) { return RunSolution(s, *options); })
      .Required("exercise", options->exercise, "NN_MM")
      .Option("file", options->file, "One of its files")
      .Flag("--anyway", options->anyway, "Before it is solved")
      .Examples({"solution 01_02", "solution 01_02 --anyway"});
}

}  // namespace workbook::cli
