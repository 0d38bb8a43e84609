// SPDX-License-Identifier: Apache-2.0

// What was found out about a row.
#ifndef WORKBOOK_TOOLS_BENCH_RESULTS_H_
#define WORKBOOK_TOOLS_BENCH_RESULTS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace workbook {

enum class RowStatus {
  kMeasured,
  kNotWritten,  // a TodoError: the learner's turn
  kGap,         // a peer that is not installed
  kError,       // it threw, or its output was wrong
};

// Exact, from a pass that is not timed. Each is what the second half of a run
// cost, so that setting up and the first fill of a pool are not in it.
struct CountsPerOperation {
  double allocations = 0;
  double bytes = 0;
  // The most bytes alive at once in the whole run, setting up included.
  std::int64_t peak_bytes = 0;
};

struct Repetition {
  double ns_per_operation = 0;
  double real_ns_per_iteration = 0;
  double cpu_ns_per_iteration = 0;
  std::int64_t iterations = 0;
};

struct RowResult {
  std::string case_name;
  std::string role;
  std::string implementation;
  std::string name;
  int threads = 1;
  RowStatus status = RowStatus::kMeasured;
  std::string message;  // for every status but kMeasured
  std::optional<CountsPerOperation> counts;
  std::vector<Repetition> repetitions;
  std::map<std::string, double> other_counters;
};

// The time of each repetition, in nanoseconds an operation.
std::vector<double> NsPerOperation(const RowResult& result);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_RESULTS_H_
