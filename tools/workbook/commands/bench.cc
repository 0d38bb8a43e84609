#include <memory>

#include "fmt/format.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"
#include "tools/workbook/bench_report.h"
#include "tools/workbook/building.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/compiler_output.h"

namespace workbook::cli {
namespace {

struct BenchOptions {
  std::string exercise;
  std::string filter;  // a regular expression on row names; "" is all
  bool json = false;
};

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
            .next = fmt::format("Mend it; ./workbook check {} tells the same "
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

// Runs one program to its end. The other must not run meanwhile: both would
// measure the fight for the processor.
BenchRun Measure(const Session& session, const fs::path& program,
                 const std::string& filter, const std::string& what) {
  const fs::path file = session.state_folder() / "bench.json";
  std::error_code ignored;
  fs::remove(file, ignored);
  std::vector<std::string> arguments = {program.string(),
                                        "--benchmark_out=" + file.string()};
  if (!filter.empty()) arguments.push_back("--benchmark_filter=" + filter);
  ProcessResult result;
  {
    const Ticker ticker(what);
    ProcessOptions options;
    options.working_directory = session.root().string();
    result = RunProcess(arguments, options);
  }
  BenchRun run = ParseBench(ReadTextFile(file).value_or(""));
  fs::remove(file, ignored);
  if (!run.error.empty()) {
    run.error = fmt::format("{} ({}){}", run.error, DescribeEnd(result),
                            result.errors.empty() ? "" : ": ") +
                std::string(TrimSpace(result.errors));
  }
  return run;
}

struct Programs {
  fs::path yours;
  fs::path reference;  // "" in a copy without solutions
  std::optional<Problem> problem;
};

Programs BuildPrograms(const Session& session, const Exercise& exercise) {
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
  Programs programs;
  programs.problem = run.problem;
  if (run.problem) return programs;
  BuiltBench built = FindProgram(exercise, run.events, yours);
  programs.yours = built.program;
  programs.problem = built.problem;
  programs.reference = FindProgram(exercise, run.events, reference).program;
  return programs;
}

// The reference's own rows and the baseline of its run; peers are measured
// once, next to the learner's.
std::string ReferenceFilter(const std::string& filter) {
  return filter + (filter.empty() ? "" : ".*") + "/(baseline|reference):";
}

int RunBench(Session& session, const BenchOptions& options) {
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  const Programs programs = BuildPrograms(session, exercise);
  if (programs.problem) return Report(*programs.problem);
  const BenchRun yours =
      Measure(session, programs.yours, options.filter,
              "Measuring your code and the peers; leave the machine alone");
  BenchRun reference;
  if (!programs.reference.empty()) {
    reference =
        Measure(session, programs.reference, ReferenceFilter(options.filter),
                "Measuring the reference");
  }
  if (!yours.error.empty()) {
    return Report({.what = yours.error,
                   .where = programs.yours.string(),
                   .next = fmt::format("./workbook check {} first: a red test "
                                       "tells more.",
                                       exercise.id),
                   .exit_code = kExitRed});
  }
  const auto cases = JoinRuns(yours, reference);
  const auto targets = JudgeTargets(exercise, cases);
  if (options.json) {
    fmt::print("{}\n", BenchJson(exercise.id, cases, targets));
  } else {
    fmt::print("{}", ShowBench(cases, targets, session.terminal()));
  }
  return HasErrors(cases) ? kExitRed : kExitOk;
}

}  // namespace

void RegisterBench(CommandLine& line) {
  const auto options = std::make_shared<BenchOptions>();
  line.Add("bench", "Measure yours, the reference and peers",
           [options](Session& s) { return RunBench(s, *options); })
      .Option("exercise", options->exercise, "NN_MM")
      .Option("--filter", options->filter,
              "Only rows whose name matches this expression")
      .Flag("--json", options->json, "For programs");
}

}  // namespace workbook::cli
