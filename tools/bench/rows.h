// SPDX-License-Identifier: Apache-2.0

// The rows of a benchmark: what each exercises/NN_MM/stem_bench.cc registers.
//
// A row is one implementation of one case. Its name says both:
//
//     fixed_size_pool/batch_lifo/baseline:new/delete
//     fixed_size_pool/shared/threads:4/peer:boost::lockfree::stack
//     ^ case                          ^ role:implementation
//
// (row_name.h reads it), and rows of one case are compared with each other. An
// implementation is named as its own documentation names it. README.md has an
// example.
#ifndef WORKBOOK_TOOLS_BENCH_ROWS_H_
#define WORKBOOK_TOOLS_BENCH_ROWS_H_

#include <benchmark/benchmark.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace workbook {

enum class Role {
  kBaseline,  // the naive way: the row that ratios are taken against
  kSubject,   // the learner's code, or the reference's: printed as which it is
  kPeer,      // somebody else's implementation
};

// Whose code a benchmark binary measures.
enum class Subject { kYours, kReference };

#ifdef WORKBOOK_REFERENCE
constexpr Subject kSubjectOfThisFile = Subject::kReference;
#else
constexpr Subject kSubjectOfThisFile = Subject::kYours;
#endif

struct Row {
  std::string case_name;
  std::string role;  // "baseline", "yours", "reference" or "peer"
  std::string implementation;
  std::function<std::shared_ptr<void>()> make_shared_state;
  std::function<void(benchmark::State&, void* shared_state)> body;
  std::vector<int> thread_counts;  // empty: the case has no threads
  bool real_time = false;
  bool manual_time = false;
  int counted_iterations = 0;  // 0: as the run's options have it
  std::string gap;             // not empty: why the peer is not measured

  // Measures the row with `count` threads too; the case becomes
  // "CASE/threads:<count>". Call it for every row of a case alike.
  Row* Threads(int count);

  // Threads(1), Threads(2), Threads(4) ... up to the number of CPUs, at
  // most 16.
  Row* ThreadRange();

  // Takes the wall clock and not the CPU time of the benchmark's thread. For
  // work that other threads do; implied by Threads.
  Row* UseRealTime();

  // Takes the time that the row itself gives with state.SetIterationTime, for
  // what no clock around the loop can tell: a mean of parts that weigh the
  // same.
  Row* UseManualTime();

  // Counts over this many iterations beyond the first two, for a row whose
  // iteration takes milliseconds: the counts are as exact if iterations are
  // alike.
  Row* CountedIterations(int count);

  // CASE/role:implementation.
  std::string Name(int threads) const;
  std::string CaseName(int threads) const;
};

// Adds a row whose function loops `for (auto _ : state)` and reports its
// operations with `state.SetItemsProcessed(operations)`: times and counts are
// per item, or per iteration where no items are reported.
// A TodoError that leaves the function makes the row "not written yet"; any
// other exception, and state.SkipWithError, makes it an error. Other rows go
// on. Returns a pointer that lives as long as the program.
Row* AddRow(std::string case_name, Role role, std::string implementation,
            std::function<void(benchmark::State&)> function,
            Subject subject = kSubjectOfThisFile);

// Says in the table that `implementation`, a peer, is not there to be measured,
// and that `package` would bring it.
Row* AddGap(std::string case_name, std::string implementation,
            std::string package);

// Adds a row in which every thread works on one object: `make` runs once a
// measurement, untimed and before any thread calls `body`, and the object dies
// once the threads are joined. When `make` throws, no thread runs `body`.
template <typename Shared>
Row* AddSharedRow(std::string case_name, Role role, std::string implementation,
                  std::function<std::unique_ptr<Shared>()> make,
                  std::function<void(benchmark::State&, Shared&)> body,
                  Subject subject = kSubjectOfThisFile) {
  Row* const row = AddRow(std::move(case_name), role, std::move(implementation),
                          nullptr, subject);
  row->make_shared_state = [make = std::move(make)] {
    return std::shared_ptr<void>(std::shared_ptr<Shared>(make()));
  };
  row->body = [body = std::move(body)](benchmark::State& state, void* shared) {
    body(state, *static_cast<Shared*>(shared));
  };
  return row;
}

// Whether the benchmark runs to be counted, not timed. Rarely needed: the
// allocations that go through malloc or operator new are seen by themselves.
bool IsCountingPass();

// Runs a function before main: the way for a file to register its rows.
//     const RegisterRows registration([] { AddRow(...); AddRow(...); });
class RegisterRows {
 public:
  template <typename Function>
  explicit RegisterRows(Function function) {
    function();
  }
};

// Every row that was added, in the order of registration.
const std::vector<std::unique_ptr<Row>>& AllRows();

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_ROWS_H_
