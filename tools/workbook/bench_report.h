// The figures of two benchmark programs, the learner's and the reference's, as
// one table a case. The files are those of tools/bench (README.md there).
#ifndef WORKBOOK_TOOLS_WORKBOOK_BENCH_REPORT_H_
#define WORKBOOK_TOOLS_WORKBOOK_BENCH_REPORT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/comparison/verdict.h"

namespace workbook::cli {

// Of every interval: figures from the same runs are to be the same. Any will
// do.
inline constexpr std::uint64_t kIntervalSeed = 20260101;

struct BenchRow {
  std::string role;  // baseline, yours, reference, peer
  std::string implementation;
  std::string status;     // "", or not_written, gap, error
  std::string message{};  // to a status
  double ns_per_op = 0;   // the median of the repetitions; 0 is unknown
  double ratio = 0;  // times as fast as the baseline of its own run; 0: unknown
  double ratio_low = 0;  // the 95 % interval of the ratio; 0: unknown
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
};

struct BenchRun {
  std::vector<BenchCase> cases;  // in the order of the file
  std::string error;             // why the file cannot be read; or ""
  std::string compiler{};        // what the program says built it
};

// The first row of `role`; nullptr when there is none.
const BenchRow* FindRole(const BenchCase& bench_case, std::string_view role);

BenchRun ParseBench(std::string_view json);

// The cases of `yours` with the reference's rows added to them. Each ratio was
// taken within one run, so the two need not have run at the same time.
std::vector<BenchCase> JoinRuns(const BenchRun& yours,
                                const BenchRun& reference);

// Whether a row's output was wrong or it failed otherwise.
bool HasErrors(const std::vector<BenchCase>& cases);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BENCH_REPORT_H_
