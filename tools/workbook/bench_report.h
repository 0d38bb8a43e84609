// SPDX-License-Identifier: Apache-2.0

// The figures of two benchmark programs, the learner's and the reference's, as
// one table a case. The files are those of tools/bench (README.md there).
#ifndef WORKBOOK_TOOLS_WORKBOOK_BENCH_REPORT_H_
#define WORKBOOK_TOOLS_WORKBOOK_BENCH_REPORT_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/comparison/verdict.h"

namespace workbook::cli {

struct BenchRow {
  std::string role;  // baseline, yours, reference, peer
  std::string implementation;
  std::string status;     // "", or not_written, gap, error
  std::string message{};  // to a status
  // Nanoseconds an operation, a figure a round of the comparison, and what
  // row_figures.h makes of them; 0 is unknown.
  std::vector<double> rounds_ns{};
  double ns_per_op = 0;
  double ratio = 0;      // times as fast as the baseline of the same slices
  double ratio_low = 0;  // the 95 % interval of the ratio
  double ratio_high = 0;
  std::optional<double> bytes_per_op{};
  std::optional<double> allocs_per_op{};
  std::optional<double> peak_bytes{};
  // What the row says besides: state.counters, in the order of their names.
  std::map<std::string, double> counters{};
};

struct BenchCase {
  std::string name;  // "fixed_size_pool/batch_lifo"
  std::vector<BenchRow> rows;
  // Yours against the reference, in times; none without a reference.
  std::optional<Judgement> to_reference{};
  // A program against itself, a ratio of times a round: the noise.
  std::vector<double> noise_rounds{};
};

struct BenchRun {
  std::vector<BenchCase> cases;  // in the order of the file
  std::string error;             // why the file cannot be read; or ""
  std::string compiler{};        // what the program says built it
};

// The first row of `role`; nullptr when there is none.
const BenchRow* FindRole(const BenchCase& bench_case, std::string_view role);

// Reads the rows, their counts and counters; their times come from the rounds
// of a comparison.
BenchRun ParseBench(std::string_view json);

// The rows of `all`, and those of `more` that it does not have.
std::vector<BenchCase> JoinRuns(const BenchRun& all, const BenchRun& more);

// baseline, yours, reference, then peers from the fastest on; those without
// figures last.
void SortRows(BenchCase& bench_case);

// Whether a row's output was wrong or it failed otherwise.
bool HasErrors(const std::vector<BenchCase>& cases);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BENCH_REPORT_H_
