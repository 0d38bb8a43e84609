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

BuiltBench FindProgram(const Exercise& exercise, const BuildEvents& events,
                       const std::string& label) {
  BuiltBench bench;
  const auto found = events.targets.find(label);
  if (found == events.targets.end()) return bench;
  const BazelTarget& target = found->second;
  if (target.built && !target.outputs.empty()) {
    bench.program = target.outputs.front();
  } else {
    bench.problem = DoesNotBuild(exercise, events, target, "benchmark", label);
  }
  return bench;
}

}  // namespace

Problem DoesNotBuild(const Exercise& exercise, const BuildEvents& events,
                     const BazelTarget& target, const std::string& what,
                     const std::string& label) {
  const std::string folder = exercise.folder.string() + "/";
  for (const std::string& key : target.failed_actions) {
    const auto action = events.actions.find(key);
    if (action == events.actions.end()) continue;
    const auto text = ReadTextFile(action->second.stderr_file);
    const auto error = text ? FindFirstError(*text, folder) : std::nullopt;
    if (!error) continue;
    return {
        .what = fmt::format("your {} does not build: {}", what, error->message),
        .where = fmt::format("{}:{}", error->file, error->line),
        .next = fmt::format("Fix it; ./workbook check {} tells the same "
                            "for each task.",
                            exercise.id),
        .exit_code = kExitDoesNotBuild};
  }
  return {.what = fmt::format("the {} does not build", what),
          .where = label,
          .next = fmt::format("bazel build -c opt {} shows why.", label),
          .exit_code = kExitDoesNotBuild};
}

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
