// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/comparing.h"

#include <chrono>

#include "fmt/format.h"
#include "tools/bench/comparison/program_round.h"
#include "tools/workbook/bench_verdict.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

// Many times what the largest exercise takes on a slow machine: whoever needs
// more is caught in a loop.
constexpr std::chrono::minutes kLongestMeasurement{20};

constexpr double kMaxPublishedSeconds = 600;

BenchProgram Prepare(const BenchPrograms& programs, const fs::path& program) {
  BenchProgram bench;
  bench.program = program;
  bench.working_directory = programs.root;
  bench.figures_file = programs.scratch_file;
  return bench;
}

}  // namespace

BenchProgramRun CountRows(const BenchPrograms& programs,
                          const fs::path& program, const std::string& filter) {
  BenchProgram bench = Prepare(programs, program);
  bench.arguments = {"--benchmark_repetitions=1",
                     "--benchmark_min_time=0.0001"};
  if (!filter.empty()) {
    bench.arguments.push_back("--benchmark_filter=" + filter);
  }
  bench.timeout = kLongestMeasurement;
  return RunBenchProgram(bench);
}

Schedule MeasurePairs(const BenchPrograms& programs, const Exercise& exercise,
                      const std::string& filter) {
  ComparedPrograms compared;
  compared.yours = programs.yours;
  compared.reference = programs.reference;
  compared.working_directory = programs.root;
  compared.filter = filter;
  compared.arguments = programs.arguments;
  // What is published gets its nine rounds, however slow a case is.
  if (programs.yours.empty()) compared.most_seconds = kMaxPublishedSeconds;
  return ComparePrograms(
      compared, [&](const std::string& case_name, const CasePairs& pairs) {
        return PairsAreSettled(exercise, case_name, pairs);
      });
}

Problem ProblemOf(const BenchProgramRun& run, const Exercise& exercise,
                  const fs::path& program) {
  Problem problem{.what = run.message,
                  .where = program.string(),
                  .next = fmt::format("./workbook check {} first: a red test "
                                      "tells more.",
                                      exercise.id),
                  .exit_code = kExitRed};
  switch (run.fault) {
    case BenchFault::kNoSuchRow:
      problem.where = "--filter";
      problem.next = fmt::format(
          "bazel run //exercises/{}:bench -- --benchmark_list_tests lists the "
          "rows.",
          exercise.id);
      problem.exit_code = kExitUsage;
      break;
    case BenchFault::kUnoptimised:
      problem.next =
          "Look in .bazelrc, .bazelrc.user and ~/.bazelrc for -O0, -c dbg or a "
          "sanitizer, take it out, and measure again.";
      problem.exit_code = kExitEnvironment;
      break;
    case BenchFault::kDiskFull:
      problem.next = "Free some space (df -h shows the disks), then again.";
      problem.exit_code = kExitEnvironment;
      break;
    case BenchFault::kNotStarted:
      problem.exit_code = kExitEnvironment;
      break;
    case BenchFault::kNone:
    case BenchFault::kCrashed:
    case BenchFault::kEndless:
    case BenchFault::kSilent:
      break;
  }
  return problem;
}

}  // namespace workbook::cli
