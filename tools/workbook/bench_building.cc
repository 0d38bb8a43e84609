// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/bench_building.h"

#include <string>
#include <system_error>
#include <vector>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/building.h"
#include "tools/workbook/compiler_output.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct BuiltBench {
  fs::path program;  // "" if there is none
  std::optional<Problem> problem;
};

Problem DoesNotBuild(const Exercise& exercise, const BuildEvents& events,
                     const BazelTarget& target) {
  const std::string folder = exercise.folder.string() + "/";
  for (const std::string& key : target.failed_actions) {
    const auto action = events.actions.find(key);
    if (action == events.actions.end()) continue;
    const auto text = ReadTextFile(action->second.stderr_file);
    const auto error = text ? FindFirstError(*text, folder) : std::nullopt;
    if (!error) continue;
    return {.what = "your benchmark does not build: " + error->message,
            .where = fmt::format("{}:{}", error->file, error->line),
            .next = fmt::format("Fix it; ./workbook check {} tells the same "
                                "for each task.",
                                exercise.id),
            .exit_code = kExitDoesNotBuild};
  }
  return {.what = "the benchmark does not build",
          .where = "//exercises/" + exercise.id + ":bench",
          .next = fmt::format("bazel build -c opt //exercises/{}:bench shows "
                              "why.",
                              exercise.id),
          .exit_code = kExitDoesNotBuild};
}

BuiltBench FindProgram(const Exercise& exercise, const BuildEvents& events,
                       const std::string& label) {
  BuiltBench bench;
  const auto found = events.targets.find(label);
  if (found == events.targets.end()) return bench;
  const BazelTarget& target = found->second;
  if (target.built && !target.outputs.empty()) {
    bench.program = target.outputs.front();
  } else {
    bench.problem = DoesNotBuild(exercise, events, target);
  }
  return bench;
}

}  // namespace

BuiltPrograms BuildPrograms(const Session& session, const Exercise& exercise) {
  const std::string yours = "//exercises/" + exercise.id + ":bench";
  const std::string reference = "//solutions/" + exercise.id + ":bench";
  std::vector<std::string> labels = {yours};
  std::error_code ignored;
  if (fs::exists(session.root() / exercise.solution_folder / "BUILD.bazel",
                 ignored)) {
    labels.push_back(reference);
  }
  const BuildOutcome run =
      BuildOptimised(session.root(), labels,
                     fmt::format("Building the benchmark of {}", exercise.id));
  BuiltPrograms programs;
  programs.problem = run.problem;
  if (run.problem) return programs;
  BuiltBench built = FindProgram(exercise, run.events, yours);
  programs.yours = built.program;
  programs.problem = built.problem;
  programs.reference = FindProgram(exercise, run.events, reference).program;
  return programs;
}

}  // namespace workbook::cli
