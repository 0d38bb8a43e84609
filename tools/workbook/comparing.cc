#include "tools/workbook/comparing.h"

#include <chrono>

#include "fmt/format.h"
#include "tools/workbook/bench_report.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

// Many times what the largest exercise takes on a slow machine: whoever needs
// more is caught in a loop.
constexpr std::chrono::minutes kLongestMeasurement{20};
constexpr std::chrono::minutes kLongestHalfOfAPair{2};

double NowSeconds() {
  return std::chrono::duration<double>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

BenchProgram Prepare(const BenchPrograms& programs, const fs::path& program) {
  BenchProgram bench;
  bench.program = program;
  bench.working_directory = programs.root;
  bench.figures_file = programs.scratch_file;
  return bench;
}

}  // namespace

BenchProgramRun MeasureRows(const BenchPrograms& programs,
                            const fs::path& program,
                            const std::string& filter) {
  BenchProgram bench = Prepare(programs, program);
  if (!filter.empty()) {
    bench.arguments.push_back("--benchmark_filter=" + filter);
  }
  bench.timeout = kLongestMeasurement;
  return RunBenchProgram(bench);
}

Schedule MeasurePairs(const BenchPrograms& programs, const Exercise& exercise,
                      const std::string& filter) {
  ScheduleOptions options;
  options.has_reference = !programs.reference.empty();
  ScheduleHooks hooks;
  hooks.now_seconds = NowSeconds;
  hooks.run = [&](Side side) {
    const bool yours = side == Side::kYours || !options.has_reference;
    BenchProgram bench =
        Prepare(programs, yours ? programs.yours : programs.reference);
    bench.arguments =
        PairArguments(filter, yours ? "baseline|yours" : "baseline|reference");
    bench.timeout = kLongestHalfOfAPair;
    const BenchProgramRun run = RunBenchProgram(bench);
    SideTimes times = ReadSideTimes(run.json);
    times.error = run.message;
    return times;
  };
  hooks.settled = [&](const std::string& case_name, const CasePairs& pairs) {
    return PairsAreSettled(exercise, case_name, pairs);
  };
  return RunSchedule(options, hooks);
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
