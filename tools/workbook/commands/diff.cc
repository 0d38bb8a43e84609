// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "fmt/format.h"
#include "tools/authoring/stub/stub.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct DiffOptions {
  std::vector<std::string> which;  // [NN_MM] [task]
  bool anyway = false;
};

// Of one task, or of all for 0.
std::vector<std::string> FilesOf(const Exercise& exercise, int only_task) {
  std::vector<std::string> files;
  for (const Task& task : exercise.tasks) {
    if (only_task != 0 && task.number != only_task) continue;
    files.insert(files.end(), task.files.begin(), task.files.end());
  }
  return files;
}

// The clean references, in a folder laid out as the exercise is.
std::optional<Problem> WriteReferences(const Session& session,
                                       const Exercise& exercise,
                                       const std::vector<std::string>& files,
                                       const fs::path& folder) {
  for (const std::string& file : files) {
    const fs::path source = session.root() / exercise.solution_folder / file;
    const StubResult clean = CleanReference(source);
    if (!clean.ok) {
      return Problem{.what = "the reference cannot be shown: " + clean.message,
                     .where = source.string(),
                     .next =
                         "A copy without solutions has none; in a checkout "
                         "git status shows what is missing."};
    }
    if (auto problem = WriteTextFile(folder / file, clean.text)) {
      return problem;
    }
  }
  return std::nullopt;
}

// git compares files that are in no repository, too.
int Show(const Session& session, const Exercise& exercise,
         const std::vector<std::string>& files, const fs::path& reference) {
  bool differs = false;
  for (const std::string& file : files) {
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
  if (!differs) fmt::print("Your files are the reference, byte for byte.\n");
  return kExitOk;
}

Problem NotGreen(const Session& session, const ChosenTask& chosen) {
  const Exercise& exercise = *chosen.exercise;
  const std::string task =
      chosen.task == 0 ? "" : fmt::format(" {}", chosen.task);
  return {.what = chosen.task == 0
                      ? exercise.id + " is not solved yet"
                      : fmt::format("task {} of {} is not green yet",
                                    chosen.task, exercise.id),
          .where = fmt::format("./workbook check {}{}", exercise.id, task),
          .next = fmt::format(
              "{}To look all the same: ./workbook diff {}{} --anyway",
              chosen.task == 0 ? OfferGreenTask(session, exercise, "diff") : "",
              exercise.id, task),
          .exit_code = kExitRefused};
}

int RunDiff(Session& session, const DiffOptions& options) {
  const ChosenTask chosen = ChooseTask(session, options.which, "diff");
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  if (!session.MayCompare(exercise, chosen.task) && !options.anyway) {
    return Report(NotGreen(session, chosen));
  }
  const auto files = FilesOf(exercise, chosen.task);
  const fs::path reference = session.state_folder() / "reference" / exercise.id;
  if (auto problem = WriteReferences(session, exercise, files, reference)) {
    return Report(*problem);
  }
  return Show(session, exercise, files, reference);
}

}  // namespace

void RegisterDiff(CommandLine& line) {
  const auto options = std::make_shared<DiffOptions>();
  line.Add("diff", "Yours against the reference, once it is green",
           [options](Session& s) { return RunDiff(s, *options); })
      .Option("which", options->which, "[NN_MM] [task]", 2)
      .Flag("--anyway", options->anyway, "Before it is green")
      .Examples({"diff 01_02", "diff 01_02 3", "diff 01_02 | less -R"})
      .ExitCodes({{kExitRefused, "the task is not green yet"}});
}

}  // namespace workbook::cli
