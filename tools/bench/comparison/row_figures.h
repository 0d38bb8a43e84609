// SPDX-License-Identifier: Apache-2.0

// What a table prints of a row: time, ratio and interval from the same rounds.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_ROW_FIGURES_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_ROW_FIGURES_H_

#include <cstdint>
#include <optional>
#include <vector>

namespace workbook {

// Of every interval of a table: the same rounds give the same figures. Any
// value will do.
inline constexpr std::uint64_t kIntervalSeed = 20260101;

struct RowFigures {
  double ns = 0;     // an operation
  double ratio = 0;  // times as fast as the baseline; 0: there is no baseline
  double low = 0;    // the 95 % interval of the ratio
  double high = 0;
};

// Takes the median over the rounds of baseline / row as the ratio, and the
// baseline's median time over that ratio as the row's time: ns columns divide
// to the printed ratio, always. Without a baseline, `baseline_ns` is empty and
// the time is the row's own median.
// Nothing where there is no round, or where the row and its baseline have
// another number of rounds: the row failed once.
// Cost: MedianInterval.
// Thread safety: a pure function.
std::optional<RowFigures> FiguresOfRow(const std::vector<double>& row_ns,
                                       const std::vector<double>& baseline_ns);

// Natural logs of row / other, a round each; empty where the numbers differ.
std::vector<double> LogRatios(const std::vector<double>& row_ns,
                              const std::vector<double>& other_ns);

// A peer is ahead where it needs less time than the subject by more than this,
// and the interval of the paired ratio says the same of the sign.
inline constexpr double kAheadFactor = 1.05;

// How many times as fast as the subject a peer is, by the figures that are
// printed, where it is ahead; else nothing.
std::optional<double> AheadOfSubject(const std::vector<double>& peer_ns,
                                     const std::vector<double>& subject_ns,
                                     const std::vector<double>& baseline_ns);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_ROW_FIGURES_H_
