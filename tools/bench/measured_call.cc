// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/measured_call.h"

#include <sys/resource.h>

#include <atomic>
#include <exception>
#include <utility>

#include "tools/exercise/thread_annotations.h"
#include "tools/exercise/todo.h"

namespace workbook {

namespace {

std::atomic<bool> counting_pass{false};

// Set by whichever thread leaves a run last.
Mutex last_run_mutex;
std::shared_ptr<void> last_run GUARDED_BY(last_run_mutex);

void RetireRun(std::shared_ptr<void> run) {
  const MutexLock lock(last_run_mutex);
  last_run = std::move(run);
}

std::int64_t PageFaults() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt;
}

}  // namespace

void ReleaseLastRun() { RetireRun(nullptr); }

bool IsCountingPass() { return counting_pass.load(std::memory_order_relaxed); }

void SetCountingPass(bool counting) { counting_pass.store(counting); }

// A std::barrier would do, but one that is made of a mutex is what
// ThreadSanitizer understands best.
void MeasuredCall::WaitForAll() {
  if (threads_ == 1) return;
  UniqueLock lock(mutex_);
  const int generation = generation_;
  if (++arrived_ == threads_) {
    arrived_ = 0;
    ++generation_;
    changed_.notify_all();
    return;
  }
  changed_.wait(lock.native(),
                [&]() REQUIRES(mutex_) { return generation_ != generation; });
}

void MeasuredCall::Prepare() {
  ReleaseLastRun();
  run_ = std::make_shared<Run>();
  // Every thread's, because a row may start its own.
  if (IsCountingPass()) run_->scope.emplace(ProbeExtent::kProcess);
  run_->page_faults_before = PageFaults();
  status_ = RowStatus::kMeasured;
  message_.clear();
  try {
    if (row_->make_shared_state) {
      run_->shared_state = row_->make_shared_state();
    }
    run_->is_prepared = true;
  } catch (const TodoError& error) {
    status_ = RowStatus::kNotWritten;
    message_ = error.what();
  } catch (const std::exception& error) {
    status_ = RowStatus::kError;
    message_ = error.what();
  } catch (...) {
    status_ = RowStatus::kError;
    message_ = "threw something that is not a std::exception";
  }
}

// All threads enter, then thread 0 prepares, then all go on: nothing of Google
// Benchmark's own preparations happens while the scope is open.
void MeasuredCall::Call(benchmark::State& state) {
  // Makes Google Benchmark's entry for the number of items, which is not to
  // appear in the row's peak.
  state.SetItemsProcessed(0);
  WaitForAll();
  if (state.thread_index() == 0) Prepare();
  WaitForAll();
  const std::shared_ptr<Run> run = run_;
  if (!run->is_prepared) {
    state.SkipWithError(message_.c_str());
    return;
  }
  CallBody(state, *run);
  Leave(state, *run);
}

void MeasuredCall::CallBody(benchmark::State& state, Run& run) {
  try {
    row_->body(state, run.shared_state.get());
    if (!state.error_occurred() && state.iterations() < state.max_iterations) {
      Fail(state, RowStatus::kError, "its function does not run the loop");
    }
  } catch (const TodoError& error) {
    Fail(state, RowStatus::kNotWritten, error.what());
  } catch (const std::exception& error) {
    Fail(state, RowStatus::kError, error.what());
  } catch (...) {
    Fail(state, RowStatus::kError,
         "threw something that is not a std::exception");
  }
}

void MeasuredCall::Fail(benchmark::State& state, RowStatus status,
                        const char* message) {
  {
    const MutexLock lock(mutex_);
    if (status_ == RowStatus::kMeasured) {
      status_ = status;
      message_ = message;
    }
  }
  if (!state.error_occurred()) state.SkipWithError(message);
}

// The last thread to leave reads the counters. The others wait for it, so that
// what they do next is not counted; a thread that failed neither waits nor is
// waited for, because the others may be held up by Google Benchmark until it
// has gone.
void MeasuredCall::Leave(benchmark::State& state, Run& run) {
  const bool failed = state.error_occurred();
  UniqueLock lock(mutex_);
  run.operations += state.items_processed() > 0
                        ? state.items_processed()
                        : static_cast<std::int64_t>(state.iterations());
  run.failed = run.failed || failed;
  ++run.left;
  if (run.left == threads_ && !run.failed) {
    counts_ = {run.scope ? run.scope->Counts() : AllocationCounts{},
               PageFaults() - run.page_faults_before, run.operations};
    run.scope.reset();
  }
  if (run.left == threads_) RetireRun(std::move(run_));
  changed_.notify_all();
  if (failed) return;
  changed_.wait(lock.native(),
                [&] { return run.left == threads_ || run.failed; });
}

}  // namespace workbook
