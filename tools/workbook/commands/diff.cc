#include <memory>

#include "fmt/format.h"
#include "tools/authoring/stub/stub.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct DiffOptions {
  std::string exercise;
  bool anyway = false;
};

// The clean references, in a folder laid out as the exercise is.
std::optional<Problem> WriteReferences(const Session& session,
                                       const Exercise& exercise,
                                       const fs::path& folder) {
  for (const Task& task : exercise.tasks) {
    for (const std::string& file : task.files) {
      const fs::path source = session.root() / exercise.solution_folder / file;
      const StubResult clean = CleanReference(source);
      if (!clean.ok) {
        return Problem{
            .what = "the reference cannot be shown: " + clean.message,
            .where = source.string(),
            .next =
                "A copy without solutions has none; in a checkout "
                "git status shows what is missing."};
      }
      if (auto problem = WriteTextFile(folder / file, clean.text)) {
        return problem;
      }
    }
  }
  return std::nullopt;
}

// git compares files that are in no repository, too.
int Show(const Session& session, const Exercise& exercise,
         const fs::path& reference) {
  bool differs = false;
  for (const Task& task : exercise.tasks) {
    for (const std::string& file : task.files) {
      ProcessOptions options;
      options.working_directory = session.root().string();
      options.inherit_streams = true;
      std::fflush(stdout);
      const ProcessResult result =
          RunProcess({"git", "--no-pager", "diff", "--no-index", "--no-prefix",
                      "--", (exercise.folder / file).string(),
                      fs::relative(reference / file, session.root()).string()},
                     options);
      if (!result.Started()) {
        return Report({.what = "git did not start: " + result.start_error,
                       .where = "git on PATH",
                       .next = "./workbook setup installs it."});
      }
      differs = differs || result.exit_code == 1;
    }
  }
  if (!differs) fmt::print("Your files are the reference, byte for byte.\n");
  return kExitOk;
}

int RunDiff(Session& session, const DiffOptions& options) {
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  if (!session.IsSolved(exercise.id) && !options.anyway) {
    return Report({.what = exercise.id + " is not solved yet",
                   .where = "./workbook check " + exercise.id,
                   .next = "To look all the same: ./workbook diff " +
                           exercise.id + " --anyway",
                   .exit_code = kExitRefused});
  }
  const fs::path reference = session.state_folder() / "reference" / exercise.id;
  if (auto problem = WriteReferences(session, exercise, reference)) {
    return Report(*problem);
  }
  return Show(session, exercise, reference);
}

}  // namespace

void RegisterDiff(CommandLine& line) {
  const auto options = std::make_shared<DiffOptions>();
  line.Add("diff", "Yours against the reference, once you have solved it",
           [options](Session& s) { return RunDiff(s, *options); })
      .Option("exercise", options->exercise, "NN_MM")
      .Flag("--anyway", options->anyway, "Before it is solved")
      .Examples({"diff 01_02", "diff 01_02 | less -R"});
}

}  // namespace workbook::cli
