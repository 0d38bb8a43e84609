// SPDX-License-Identifier: Apache-2.0

// Runs the rows of a case: once to count, then again and again to time.
#ifndef WORKBOOK_TOOLS_BENCH_RUNNER_H_
#define WORKBOOK_TOOLS_BENCH_RUNNER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tools/bench/results.h"
#include "tools/bench/rows.h"

namespace workbook {

// A row and how many threads it is to run on.
struct RowInstance {
  const Row* row = nullptr;
  int threads = 1;
  std::string case_name;
  std::string name;
};

// The rows that match `filter` (a regular expression to be found in the name;
// "-" before it turns it round; empty matches all), grouped by case, cases in
// the order of registration.
// Throws std::invalid_argument for a filter that is no regular expression, and
// for two rows of one name.
std::vector<std::vector<RowInstance>> SelectCases(
    const std::vector<std::unique_ptr<Row>>& rows, const std::string& filter);

struct RunOptions {
  bool count = true;
  bool time = true;
  // Under callgrind: runs of `exact_iterations` and of as many again, a dump of
  // callgrind's counters after each (callgrind_requests.h).
  bool exact = false;
  int exact_iterations = 64;
  // Two runs of this many and of `counted_iterations` more are compared.
  int uncounted_iterations = 16;
  int counted_iterations = 256;
};

// Runs the rows of one case. Repetitions, minimum time and interleaving are
// Google Benchmark's flags.
// REQUIRES: benchmark::Initialize was called.
// Thread safety: none; uses Google Benchmark's registry.
std::vector<RowResult> RunCase(const std::vector<RowInstance>& instances,
                               const RunOptions& options);

// Times one row once: `iterations` of it, or as many as fill the minimum time
// if that is 0. At most one repetition is in the result; none where the row
// failed, is not written yet, or is a gap, and status and message say which.
// REQUIRES and thread safety: as RunCase.
RowResult TimeOnce(const RowInstance& instance, std::int64_t iterations);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_RUNNER_H_
