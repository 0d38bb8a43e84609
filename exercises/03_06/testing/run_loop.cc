// SPDX-License-Identifier: Apache-2.0

#include "exercises/03_06/testing/run_loop.h"

#include <algorithm>
#include <exception>
#include <vector>

#include "exercises/03_06/testing/instructions.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::int64_t kFewIterations = 8;
constexpr std::int64_t kMoreIterations = 16;

class SilentReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>&) override {}
};

double PerIteration(std::int64_t few, std::int64_t more) {
  return static_cast<double>(more - few) /
         static_cast<double>(kMoreIterations - kFewIterations);
}

std::int64_t CountInstructions(const BenchmarkFunction& function,
                               std::int64_t iterations) {
  std::int64_t instructions = 0;
  RunLoop(
      [&](benchmark::State& state) {
        InstructionCounter counter;
        function(state);
        instructions = counter.Stop();
      },
      iterations);
  return instructions;
}

std::int64_t CountAllocations(const BenchmarkFunction& function,
                              std::int64_t iterations) {
  std::int64_t allocations = 0;
  RunLoop(
      [&](benchmark::State& state) {
        AllocationScope scope;
        function(state);
        allocations = scope.Counts().allocations;
      },
      iterations);
  return allocations;
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
  RunLoop(function, kFewIterations);  // the dynamic linker's work, once
  const std::int64_t few = CountInstructions(function, kFewIterations);
  if (few < 0) return -1;
  if (few >= kMaxInstructions) {
    return static_cast<double>(few) / static_cast<double>(kFewIterations);
  }
  const std::int64_t more = CountInstructions(function, kMoreIterations);
  return PerIteration(few, std::max(few, more));
}

double AllocationsPerIteration(const BenchmarkFunction& function) {
  RunLoop(function, kFewIterations);  // what happens only once in a process
  return PerIteration(CountAllocations(function, kFewIterations),
                      CountAllocations(function, kMoreIterations));
}

}  // namespace workbook
