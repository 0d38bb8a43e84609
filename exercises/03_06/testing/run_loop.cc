#include "exercises/03_06/testing/run_loop.h"

#include <exception>
#include <vector>

#include "exercises/03_06/testing/instructions.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Few, since an instruction that is counted takes up to 20 microseconds.
constexpr std::int64_t kFewIterations = 1;
constexpr std::int64_t kMoreIterations = 3;

class SilentReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>&) override {}
};

double PerIteration(
    const BenchmarkFunction& function,
    const std::function<std::int64_t(std::int64_t iterations)>& count) {
  RunLoop(function, kFewIterations);  // what happens only once in a process
  const std::int64_t few = count(kFewIterations);
  const std::int64_t more = count(kMoreIterations);
  return static_cast<double>(more - few) /
         static_cast<double>(kMoreIterations - kFewIterations);
}

}  // namespace

void RunLoop(const BenchmarkFunction& function, std::int64_t iterations) {
  std::exception_ptr thrown;
  benchmark::RegisterBenchmark("loop", [&](benchmark::State& state) {
    try {
      function(state);
    } catch (...) {
      thrown = std::current_exception();
      state.SkipWithError("threw");
    }
  })->Iterations(iterations);
  SilentReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter, nullptr, "loop");
  benchmark::ClearRegisteredBenchmarks();
  if (thrown) std::rethrow_exception(thrown);
}

double InstructionsPerIteration(const BenchmarkFunction& function) {
  return PerIteration(function, [&](std::int64_t iterations) {
    std::int64_t instructions = 0;
    RunLoop(
        [&](benchmark::State& state) {
          InstructionCounter counter;
          function(state);
          instructions = counter.Stop();
        },
        iterations);
    return instructions;
  });
}

double AllocationsPerIteration(const BenchmarkFunction& function) {
  return PerIteration(function, [&](std::int64_t iterations) {
    std::int64_t allocations = 0;
    RunLoop(
        [&](benchmark::State& state) {
          AllocationScope scope;
          function(state);
          allocations = scope.Counts().allocations;
        },
        iterations);
    return allocations;
  });
}

}  // namespace workbook
