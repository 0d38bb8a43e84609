// SPDX-License-Identifier: Apache-2.0

// One call of a row's function by Google Benchmark, on one or more threads.
#ifndef WORKBOOK_TOOLS_BENCH_MEASURED_CALL_H_
#define WORKBOOK_TOOLS_BENCH_MEASURED_CALL_H_

#include <benchmark/benchmark.h>

#include <condition_variable>
#include <memory>
#include <optional>
#include <string>

#include "tools/bench/results.h"
#include "tools/bench/rows.h"
#include "tools/exercise/thread_annotations.h"
#include "tools/probe/probe.h"

namespace workbook {

struct RunCounts {
  AllocationCounts allocations;
  std::int64_t page_faults = 0;  // of the process, those served without a disk
  std::int64_t operations = 0;
};

// Makes the row's shared state, calls its function, turns exceptions into
// errors of the row, and counts allocations while a counting pass runs.
// Thread safety: Call is called by `threads` threads at once, again and again;
// the rest only when none is inside.
class MeasuredCall {
 public:
  MeasuredCall(const Row* row, int threads) : row_(row), threads_(threads) {}

  void Call(benchmark::State& state);

  RowStatus status() const { return status_; }
  const std::string& message() const { return message_; }
  // Of the last call; the allocations only in a counting pass.
  const RunCounts& counts() const { return counts_; }

 private:
  // What the threads of one run have in common.
  struct Run {
    std::shared_ptr<void> shared_state;
    bool is_prepared = false;
    std::optional<AllocationScope> scope;
    std::int64_t page_faults_before = 0;
    std::int64_t operations = 0;
    int left = 0;
    bool failed = false;
  };

  void WaitForAll();
  void Prepare();
  void CallBody(benchmark::State& state, Run& run);
  void Fail(benchmark::State& state, RowStatus status, const char* message);
  void Leave(benchmark::State& state, Run& run);

  const Row* const row_;
  const int threads_;
  Mutex mutex_;  // for Run, too
  std::condition_variable changed_;
  int arrived_ GUARDED_BY(mutex_) = 0;
  int generation_ GUARDED_BY(mutex_) = 0;
  // Thread 0 sets these while the others wait, the rest under mutex_.
  std::shared_ptr<Run> run_;
  RowStatus status_ = RowStatus::kMeasured;
  std::string message_;
  RunCounts counts_;
};

// Lets go of the shared state of the last run, if that is still there. It is
// kept until the run's threads are joined, because what a thread does at its
// end may use it: libstdc++'s synchronized_pool_resource gives its blocks back
// then. Called before each run, and after the last. REQUIRES: no thread is
// inside a call.
void ReleaseLastRun();

// Whether MeasuredCall counts. Set between runs.
void SetCountingPass(bool counting);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_MEASURED_CALL_H_
