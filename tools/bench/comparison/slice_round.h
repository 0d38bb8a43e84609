// SPDX-License-Identifier: Apache-2.0

// One round of a comparison: the same rows in programs side by side.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_SLICE_ROUND_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_SLICE_ROUND_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace workbook {

// The programs of a round. Without a reference there are only the controls,
// both of them yours.
enum Place : std::size_t { kControl, kControlAgain, kYours, kPlaces };

// Nanoseconds an operation, a figure a slice. Slice i of every list of a case
// was measured within milliseconds of slice i of the others. A row that failed
// has none.
struct ProgramTimes {
  std::vector<double> subject_ns;   // the row yours or reference
  std::vector<double> baseline_ns;  // of kControl alone, like the peers
  std::map<std::string, std::vector<double>> peers_ns;  // by implementation
};

using CaseTimes = std::array<ProgramTimes, kPlaces>;

struct RoundTimes {
  std::map<std::string, CaseTimes> cases;
  std::string error;  // not empty: a program did not get to its end
};

// Rows of one case in one program; "" where there is none.
struct CaseRows {
  std::string subject;
  std::string baseline;
  std::map<std::string, std::string> peers;  // by implementation
};

// A program that is started and can be asked for slices, or a played one.
struct SlicedProgram {
  std::map<std::string, CaseRows> rows;  // by case
  // Nanoseconds an operation; nothing where the row failed.
  std::function<std::optional<double>(const std::string& row)> time;
  std::function<std::string()> error;  // not empty once the program is gone
};

struct RoundOptions {
  int slices = 5;
  // No slice of a case starts after this, but the first.
  double most_case_seconds = 0.25;
  std::function<double()> now_seconds;
};

// Reads "STEM/CASE/ROLE:IMPLEMENTATION" names into rows by case.
std::map<std::string, CaseRows> RowsByCase(
    const std::vector<std::string>& names);

// Measures each case that is not in `settled`, cases in an order drawn from
// `seed`; of each case, slice after slice, every program's subject, and the
// baseline and the peers of the control, in an order drawn anew for each slice:
// whatever the machine does within seconds hits all rows alike.
// REQUIRES: two or three programs, in the order of Place.
// Cost: a slice is one row after the other, of some milliseconds each.
RoundTimes RunSliceRound(std::vector<SlicedProgram>& programs,
                         const std::set<std::string>& settled,
                         const RoundOptions& options, std::uint64_t seed);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_SLICE_ROUND_H_
